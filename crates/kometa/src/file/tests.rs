use std::fs;

use rstest::rstest;

use super::*;

fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yml");
    fs::write(&path, text).unwrap();
    let file = ConfigFile::open(&path, &folder.path().join("data")).unwrap();
    (folder, file)
}

#[cfg(unix)]
#[test]
fn writing_keeps_the_mode_and_symbolic_links() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let (folder, file) = file("old");
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.yml");
    symlink(file.path(), &link).unwrap();
    let linked = ConfigFile::open(&link, &folder.path().join("data")).unwrap();
    linked.probe("new").unwrap();
    linked.write("old", "new").unwrap();
    assert_eq!(fs::read_to_string(&link).unwrap(), "new");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(file.path()).unwrap().mode() & 0o7777, 0o640);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "a temporary file was left behind: {left:?}");
}

#[cfg(unix)]
#[test]
fn a_hard_linked_file_is_written_in_place() {
    use std::os::unix::fs::MetadataExt;
    let (folder, file) = file("the old text");
    fs::hard_link(file.path(), folder.path().join("other.yml")).unwrap();
    let before = fs::metadata(file.path()).unwrap().ino();
    file.probe("new").unwrap();
    file.write("the old text", "new").unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("other.yml")).unwrap(), "new");
    assert_eq!(fs::metadata(file.path()).unwrap().ino(), before);
    assert!(file.unfinished().is_none());
}

#[test]
fn a_recovery_copy_contains_both_texts_of_its_own_file() {
    let (folder, file) = file("old é");
    recovery::keep(&file.path, &file.recovery, "old é", "new ü\n1\n").unwrap();
    let found = file.unfinished().unwrap();
    assert_eq!((found.old.as_str(), found.new.as_str()), ("old é", "new ü\n1\n"));
    fs::write(folder.path().join("config_yml"), "").unwrap();
    let other = ConfigFile::open(&folder.path().join("config_yml"), &folder.path().join("data")).unwrap();
    assert!(other.unfinished().is_none());
    file.delete_recovery_copy();
    assert!(file.unfinished().is_none());
}

#[rstest]
#[case("abcdef", true)]
#[case("ABCD", true)]
#[case("AB", true)]
#[case("", true)]
#[case("ABcdef", true)]
#[case("ABCDef", true)]
#[case("abcdef # mine", false)]
#[case("ABCD # mine", false)]
fn interrupted_writes_are_distinguished_from_edits(#[case] found: &str, #[case] interrupted: bool) {
    let unfinished = Unfinished { old: "abcdef".into(), new: "ABCD".into() };
    assert_eq!(unfinished.explains(found), interrupted);
}

#[test]
fn only_one_thread_holds_the_lock_at_a_time() {
    let (_folder, file) = file("0");
    let holders: Vec<_> = (0..4)
        .map(|_| {
            let file = file.clone();
            std::thread::spawn(move || {
                for _ in 0..25 {
                    let _lock = file.lock().unwrap();
                    let old = file.read().unwrap();
                    let number: u32 = old.parse().unwrap();
                    file.write(&old, &(number + 1).to_string()).unwrap();
                }
            })
        })
        .collect();
    holders.into_iter().for_each(|holder| holder.join().unwrap());
    assert_eq!(file.read().unwrap(), "100");
}

#[test]
fn reading_invalid_utf8_fails() {
    let (_folder, file) = file("");
    fs::write(file.path(), [0xff, 0xfe, 0x41]).unwrap();
    assert!(file.read().unwrap_err().to_string().contains("is not UTF-8 text"));
}

/// Root ignores file permissions, so the thread drops that capability first.
#[cfg(target_os = "linux")]
#[test]
fn probe_detects_a_read_only_file_and_write_leaves_it_unchanged() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, file) = file("old");
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o444)).unwrap();
    caps::drop(None, caps::CapSet::Effective, caps::Capability::CAP_DAC_OVERRIDE).unwrap();
    let error = file.probe("new").unwrap_err().to_string();
    for part in [file.path().to_str().unwrap(), "mode 0444", "owner ", "chown or chmod", "--print"] {
        assert!(error.contains(part), "{error}");
    }
    let error = file.write("old", "new").unwrap_err();
    assert_eq!(file.read().unwrap(), "old");
    assert!(matches!(error, FileError::Kept { .. }), "the new text must be in the recovery copy: {error}");
    assert_eq!(file.unfinished().unwrap().new, "new");
}

/// A writable file in a read-only folder behaves like a single mounted file.
#[cfg(target_os = "linux")]
#[test]
fn a_file_in_a_read_only_folder_is_written_in_place() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, file) = file("old");
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    caps::drop(None, caps::CapSet::Effective, caps::Capability::CAP_DAC_OVERRIDE).unwrap();
    file.probe("new").unwrap();
    file.write("old", "new").unwrap();
    assert_eq!(file.read().unwrap(), "new");
    assert!(file.unfinished().is_none());
}
