//! A process that is killed while it writes config.yml leaves a complete file with a consistent token pair.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kometa::config::{self, Authorization, Secrets};
use kometa::edit;
use kometa::file::ConfigFile;
use secrecy::ExposeSecret;

/// The environment variable with the path of the file, for the process that writes it.
const FILE: &str = "KOMETA_KILLED_FILE";

const TEXT: &str = "# mine\ntrakt:\n  client_id: abc  # id\n  pin:\n  authorization: # automatic\n    access_token: '0'\n    token_type: bearer\n    expires_in: 1\n    refresh_token: '0'\n    scope: public\n    created_at: 0\nplex: {url: 'http://x'}\n";

/// Both tokens contain the number, so that a mixture of two pairs is detected. Their lengths vary.
fn pair(number: i64) -> Authorization {
    let token = format!("{number}x{}", "y".repeat(usize::try_from(number % 50).unwrap()));
    Authorization {
        access_token: token.clone().into(),
        token_type: "bearer".into(),
        expires_in: 604_800,
        refresh_token: Some(token.into()),
        scope: "public".into(),
        created_at: number,
    }
}

/// Returns the text that the next process uses: that of the file, or the intended text of an interrupted write.
fn complete_text(file: &ConfigFile) -> String {
    let text = file.read().unwrap();
    match file.unfinished() {
        Some(unfinished) if unfinished.explains(&text) => unfinished.new,
        _ => text,
    }
}

fn number(text: &str) -> i64 {
    let read = config::read("config.yml", text, &Secrets::default()).unwrap();
    let pair = read.trakt.unwrap().authorization.unwrap();
    let (access, refresh) = (pair.access_token.expose_secret(), pair.refresh_token.unwrap());
    assert_eq!(access, refresh.expose_secret(), "the pair is a mixture of two");
    assert!(access == "0" || access.starts_with(&format!("{}x", pair.created_at)), "{text}");
    pair.created_at
}

fn open(path: &Path) -> ConfigFile {
    ConfigFile::open(path, &path.with_file_name("data")).unwrap()
}

/// Not a test by itself: the process that the tests below start and kill.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let file = open(Path::new(&path));
    loop {
        let _lock = file.lock().unwrap();
        let (current, text) = (file.read().unwrap(), complete_text(&file));
        let next = edit::write_pair("config.yml", &text, &pair(number(&text) + 1)).unwrap();
        file.probe(&next).unwrap();
        file.write(&current, &next).unwrap();
    }
}

/// Kills the writer a hundred times, after different delays.
fn kill_a_hundred_times(path: &Path) {
    std::fs::write(path, TEXT).unwrap();
    let file = open(path);
    let same = edit::write_pair("config.yml", TEXT, &pair(1)).unwrap();
    let mut last = 0;
    for round in 0..100_u64 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writer"])
            .env(FILE, path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The delays are spread over the time that starting and writing take, without a random source.
        std::thread::sleep(Duration::from_micros(2_000 + round * 7_919 % 30_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let text = complete_text(&file);
        let found = number(&text);
        assert!(found >= last, "a written pair was lost: {found} after {last}");
        assert_eq!(edit::write_pair("config.yml", &text, &pair(1)).unwrap(), same, "round {round}");
        last = found;
    }
    assert!(last > 0, "the writer never wrote before it was killed");
}

#[test]
fn killing_a_renaming_writer_leaves_a_complete_file() {
    let folder = tempfile::tempdir().unwrap();
    kill_a_hundred_times(&folder.path().join("config.yml"));
}

/// A file with two hard links is written in place, like a single mounted file.
#[cfg(unix)]
#[test]
fn killing_an_in_place_writer_leaves_a_complete_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    std::fs::write(&path, TEXT).unwrap();
    std::fs::hard_link(&path, folder.path().join("other.yml")).unwrap();
    kill_a_hundred_times(&path);
}
