//! A process that is killed while it writes leaves a whole file behind, and a pair that is whole.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use kometa::config::{self, Authorization, Secrets};
use kometa::edit;
use kometa::file::ConfigFile;
use secrecy::ExposeSecret;

/// Names the file to the process that writes it.
const FILE: &str = "KOMETA_KILLED_FILE";

const TEXT: &str = "# mine\ntrakt:\n  client_id: abc  # id\n  pin:\n  authorization: # automatic\n    access_token: '0'\n    token_type: bearer\n    expires_in: 1\n    refresh_token: '0'\n    scope: public\n    created_at: 0\nplex: {url: 'http://x'}\n";

/// Both tokens have the number in them, so a mixture of two pairs is seen. Their lengths vary.
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

/// What the next process reads: the file, or what an unfinished write was to make of it.
fn whole(file: &ConfigFile) -> String {
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

/// Not a test by itself: it is what the tests below start and kill.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let file = open(Path::new(&path));
    loop {
        let _lock = file.lock().unwrap();
        let (current, text) = (file.read().unwrap(), whole(&file));
        let next = edit::write_pair("config.yml", &text, &pair(number(&text) + 1)).unwrap();
        file.probe(&next).unwrap();
        file.write(&current, &next).unwrap();
    }
}

/// Kills the writer a hundred times, each time a little later or earlier.
fn killed_a_hundred_times(path: &Path) {
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
        // Well spread over the time in which it starts and writes, without a random source.
        std::thread::sleep(Duration::from_micros(2_000 + round * 7_919 % 30_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let text = whole(&file);
        let found = number(&text);
        assert!(found >= last, "a pair that was written is gone: {found} after {last}");
        assert_eq!(edit::write_pair("config.yml", &text, &pair(1)).unwrap(), same, "round {round}");
        last = found;
    }
    assert!(last > 0, "the writer was never quick enough to write");
}

#[test]
fn a_kill_while_the_file_is_renamed_leaves_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    killed_a_hundred_times(&folder.path().join("config.yml"));
}

/// A file with two names is written in place, as a mounted single file is.
#[cfg(unix)]
#[test]
fn a_kill_while_the_file_is_written_in_place_leaves_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    std::fs::write(&path, TEXT).unwrap();
    std::fs::hard_link(&path, folder.path().join("other.yml")).unwrap();
    killed_a_hundred_times(&path);
}
