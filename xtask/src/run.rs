//! Runs other programs. Their output is shown, and captured if needed.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::Failure;

/// Prepares a program to run in a folder.
pub(crate) fn command(program: &str, arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    // Cargo sets variables that describe this crate. If they were passed on, build scripts that depend on them
    // (such as ring's) would run again whenever cargo is called by hand in between, and half of the dependencies
    // would be rebuilt.
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a program. Returns true if it exits with 0.
pub(crate) fn succeeds(mut command: Command) -> Result<bool, Failure> {
    println!("\n> {}", shown(&command));
    let status = command.status().map_err(|error| start_failure(&command, &error))?;
    Ok(status.success())
}

/// Runs a program. Fails if it does not exit with 0.
pub(crate) fn must(command: Command) -> Result<(), Failure> {
    let line = shown(&command);
    if succeeds(command)? { Ok(()) } else { Err(format!("{line} failed")) }
}

/// Runs a program and shows its output. Returns whether it exits with 0, and the output.
pub(crate) fn read(mut command: Command) -> Result<(bool, String), Failure> {
    println!("\n> {}", shown(&command));
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never");
    let mut child = command.spawn().map_err(|error| start_failure(&command, &error))?;
    let errors = child.stderr.take().map(|stream| thread::spawn(move || forward(stream, true)));
    let mut output = child.stdout.take().map(|stream| forward(stream, false)).unwrap_or_default();
    if let Some(text) = errors.and_then(|reader| reader.join().ok()) {
        output.push_str(&text);
    }
    let status = child.wait().map_err(|error| start_failure(&command, &error))?;
    Ok((status.success(), output))
}

fn forward(stream: impl Read, to_errors: bool) -> String {
    let mut text = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        let shown = String::from_utf8_lossy(&line);
        // Continue even if the terminal is closed.
        let _ =
            if to_errors { std::io::stderr().write_all(&line) } else { std::io::stdout().write_all(&line) };
        text.push_str(&shown);
        line.clear();
    }
    text
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn start_failure(command: &Command, error: &std::io::Error) -> Failure {
    format!("{} cannot be started: {error}", command.get_program().to_string_lossy())
}
