//! Programs that are used when they are installed.

use std::process::Stdio;

/// Version of an installed program that answers `-version` as ffmpeg does.
pub async fn version(program: &str) -> Option<String> {
    let run = tokio::process::Command::new(program).arg("-version").stdin(Stdio::null()).output().await;
    let output = run.ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    Some(text.split_whitespace().nth(2).unwrap_or("of an unknown version").to_owned())
}
