//! Walks real folders.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{TimeDelta, Utc};
use media::walk::{LeftOutReason, ProblemKind, Walk, is_skipped, walk};
use tempfile::TempDir;

fn library(files: &[&str]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"x").unwrap();
    }
    root
}

fn walked(root: &Path) -> Walk {
    walk(root, |_| ControlFlow::Continue(())).unwrap()
}

fn left_out(walk: &Walk) -> Vec<(&str, LeftOutReason)> {
    walk.left_out.iter().map(|entry| (entry.path.to_str().unwrap(), entry.reason)).collect()
}

fn names(walk: &Walk) -> Vec<String> {
    walk.files.iter().map(|file| file.path.to_string_lossy().into_owned()).collect()
}

#[test]
fn videos_and_sidecars_are_separated_and_sorted() {
    let root = library(&[
        "B (2000)/B (2000).MKV",
        "A.mp4",
        "B (2000)/poster.jpg",
        "B (2000)/B.nfo",
        "readme.txt",
        "A.en.srt",
    ]);
    let found = walked(root.path());
    assert_eq!(names(&found), ["A.mp4", "B (2000)/B (2000).MKV"]);
    let sidecars: Vec<_> = found.sidecars.iter().map(|path| path.to_str().unwrap()).collect();
    assert_eq!(sidecars, ["A.en.srt", "B (2000)/B.nfo", "B (2000)/poster.jpg"]);
    assert_eq!(found.problems, []);
    assert_eq!(found.files[0].size, 1);
}

#[test]
fn hidden_and_system_folders_are_skipped() {
    let root = library(&[
        ".Trash/a.mkv",
        "@eaDir/b.mkv",
        "#recycle/c.mkv",
        "$RECYCLE.BIN/d.mkv",
        "._e.mkv",
        "f.mkv",
    ]);
    let found = walked(root.path());
    assert_eq!(names(&found), ["f.mkv"]);
    let expected = [
        ("#recycle", LeftOutReason::System),
        ("$RECYCLE.BIN", LeftOutReason::System),
        (".Trash", LeftOutReason::Hidden),
        ("@eaDir", LeftOutReason::System),
    ];
    assert_eq!(left_out(&found), expected);
}

#[test]
fn left_out_files_and_folders_are_listed_with_their_reasons() {
    let root = library(&[
        ".hidden.mkv",
        ".hidden.txt",
        "_UNPACK_Film.2012/film.mkv",
        "_FAILED_Film.2013/film.mkv",
        "@Recently-Snapshot/film.mkv",
        "private/.nomedia",
        "private/film.mkv",
        "Film/Film.idx",
        "Film/Film.sub",
        "Film/Film.sup",
        "Film/Film.en.smi",
        "Film/Film.mkv",
        "Film/notes.txt",
        "drop.mkv",
    ]);
    fs::write(root.path().join(".plexignore"), "drop*\n").unwrap();
    let found = walked(root.path());
    assert_eq!(names(&found), ["Film/Film.mkv"]);
    let expected = [
        (".hidden.mkv", LeftOutReason::Hidden),
        ("@Recently-Snapshot", LeftOutReason::System),
        ("Film/Film.en.smi", LeftOutReason::UnsupportedSubtitle),
        ("Film/Film.idx", LeftOutReason::UnsupportedSubtitle),
        ("Film/Film.sub", LeftOutReason::UnsupportedSubtitle),
        ("Film/Film.sup", LeftOutReason::UnsupportedSubtitle),
        ("_FAILED_Film.2013", LeftOutReason::Unpacking),
        ("_UNPACK_Film.2012", LeftOutReason::Unpacking),
        ("drop.mkv", LeftOutReason::Pattern),
        ("private", LeftOutReason::Marked),
    ];
    assert_eq!(left_out(&found), expected);
}

#[test]
fn a_title_that_begins_with_dots_is_not_hidden() {
    let root = library(&["...And Justice for All (1979)/...And Justice for All (1979).mkv"]);
    assert_eq!(names(&walked(root.path())).len(), 1);
    assert!(is_skipped(".hidden".as_ref()) && !is_skipped("...And Justice for All (1979)".as_ref()));
}

#[test]
fn ignore_files_hide_folders_and_matching_files() {
    let root = library(&[
        "private/a.mkv",
        "private/.ignore",
        "b/keep.mkv",
        "b/drop 1.mkv",
        "b/c/drop 2.mkv",
        "b/c/d/e.mkv",
    ]);
    fs::write(root.path().join("b/.plexignore"), "# comment\ndrop*\nc/d/*\n").unwrap();
    assert_eq!(names(&walked(root.path())), ["b/keep.mkv"]);
}

#[test]
fn empty_files_are_listed_and_reported() {
    let root = library(&["a.mkv"]);
    fs::write(root.path().join("empty.mkv"), b"").unwrap();
    let found = walked(root.path());
    assert_eq!(names(&found), ["a.mkv", "empty.mkv"]);
    assert_eq!(found.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::Empty]);
}

#[test]
fn a_file_is_settled_some_time_after_its_last_modification() {
    let root = library(&["a.mkv"]);
    let file = &walked(root.path()).files[0];
    assert!(!file.is_settled(file.modified_at + TimeDelta::seconds(5)));
    assert!(file.is_settled(file.modified_at + TimeDelta::seconds(60)));
}

#[test]
fn an_impossible_modification_time_becomes_1970() {
    // Most file systems reject such a time, but tmpfs does not.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let file = std::fs::File::create(folder.path().join("Film.mkv")).unwrap();
    let impossible = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(9_999_999_999_999);
    if file.set_modified(impossible).is_err() || file.metadata().unwrap().modified().unwrap() != impossible {
        return eprintln!("skipped: no file system here can store such a time");
    }
    assert_eq!(walked(folder.path()).files[0].modified_at, chrono::DateTime::UNIX_EPOCH);
}

#[test]
fn a_missing_root_is_an_error_and_an_empty_one_is_not() {
    let root = library(&[]);
    assert!(walked(root.path()).files.is_empty());
    assert!(walk(&root.path().join("unmounted"), |_| ControlFlow::Continue(())).is_err());
}

#[test]
fn a_walk_can_be_stopped_and_is_marked_as_stopped() {
    let root = library(&["a/1.mkv", "b/2.mkv", "c/3.mkv"]);
    let found = walk(root.path(), |_| ControlFlow::Break(())).unwrap();
    assert!(found.stopped);
    assert_eq!(found.files.len(), 1);
}

#[test]
fn a_thousand_files_are_listed_once_each() {
    let files: Vec<String> = (0..1000).map(|n| format!("{}/{n}.mkv", n / 100)).collect();
    let root = library(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let found = walked(root.path());
    assert_eq!(found.files.len(), 1000);
    assert!(found.files.iter().all(|file| file.modified_at <= far_future()));
}

/// The year 2100. The files were made just now; the test only checks that their times are plausible.
fn far_future() -> chrono::DateTime<Utc> {
    chrono::DateTime::from_timestamp(4_102_444_800, 0).unwrap()
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn link_loops_and_broken_links_are_reported() {
        let root = library(&["films/a.mkv"]);
        symlink(root.path(), root.path().join("films/loop")).unwrap();
        symlink("/nowhere/at/all.mkv", root.path().join("films/dead.mkv")).unwrap();
        symlink("itself.mkv", root.path().join("films/itself.mkv")).unwrap();
        let found = walked(root.path());
        assert_eq!(names(&found), ["films/a.mkv"]);
        let problems: Vec<_> = found.problems.iter().map(|p| (p.path.to_str().unwrap(), p.kind)).collect();
        let expected = [
            ("films/dead.mkv", ProblemKind::BrokenLink),
            ("films/itself.mkv", ProblemKind::SymlinkLoop),
            ("films/loop", ProblemKind::SymlinkLoop),
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_linked_folder_is_listed_once_under_its_real_path() {
        let root = library(&["z real/a.mkv"]);
        symlink(root.path().join("z real"), root.path().join("a link")).unwrap();
        let found = walked(root.path());
        assert_eq!(names(&found), ["z real/a.mkv"]);
        assert_eq!(left_out(&found), [("a link", LeftOutReason::LinkedTwice)]);
    }

    fn pipe(path: &Path) {
        let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
    }

    #[test]
    fn pipes_are_left_out_and_never_opened() {
        let root = library(&["a.mkv"]);
        for name in ["b.mkv", "a.nfo", "a.srt", ".plexignore"] {
            pipe(&root.path().join(name));
        }
        symlink(root.path().join("a.nfo"), root.path().join("link.nfo")).unwrap();
        let found = walked(root.path());
        assert_eq!((names(&found), found.sidecars.len()), (vec!["a.mkv".to_owned()], 0));
        let names = ["a.nfo", "a.srt", "b.mkv", "link.nfo"];
        assert_eq!(left_out(&found), names.map(|name| (name, LeftOutReason::NotAFile)));
        let pipe = root.path().join("b.mkv");
        assert_eq!(media::read_at_most(&pipe, 10).unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
        assert!(media::probe::examine(&pipe, None).is_err());
        assert!(media::keyframes::keyframes(&pipe).is_err());
    }

    #[test]
    fn links_to_files_and_folders_elsewhere_are_followed() {
        let elsewhere = library(&["a.mkv", "folder/b.mkv"]);
        let root = library(&[]);
        symlink(elsewhere.path().join("a.mkv"), root.path().join("one.mkv")).unwrap();
        symlink(elsewhere.path().join("folder"), root.path().join("two")).unwrap();
        assert_eq!(names(&walked(root.path())), ["one.mkv", "two/b.mkv"]);
    }

    #[test]
    fn names_that_are_not_utf8_are_kept_byte_for_byte() {
        let root = library(&[]);
        let name = OsStr::from_bytes(b"Am\xe9lie (2001).mkv");
        fs::write(root.path().join(name), b"x").unwrap();
        let found = walked(root.path());
        assert_eq!(found.files[0].path.as_os_str(), name);
        assert_eq!(found.problems[0].kind, ProblemKind::NotUtf8);
    }
}

#[test]
fn a_file_is_read_only_up_to_the_size_limit() {
    let root = library(&[]);
    let path = root.path().join("a.nfo");
    fs::write(&path, b"12345").unwrap();
    assert_eq!(media::read_at_most(&path, 5).unwrap(), b"12345");
    assert_eq!(media::read_at_most(&path, 4).unwrap_err().kind(), std::io::ErrorKind::FileTooLarge);
    assert!(media::read_at_most(root.path(), 5).is_err());
}
