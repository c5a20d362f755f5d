use db::ids::FileId;
use proptest::prelude::*;

use super::*;

fn known(id: i64, path: &str, content: u64) -> KnownFile {
    KnownFile {
        id: FileId(id),
        path: path.into(),
        size: 100 + content % 3,
        modified_ms: 1_000,
        inode: Some(Inode { device: 1, number: 50 + id as u64 }),
        fingerprint: Some(format!("content-{content}")),
        missing: false,
    }
}

fn seen(path: &str, content: u64) -> SeenFile {
    SeenFile {
        path: path.into(),
        size: 100 + content % 3,
        modified_ms: 1_000,
        inode: Some(Inode { device: 9, number: 9_000 + content }),
        fingerprint: Some(format!("content-{content}")),
    }
}

fn readable() -> RootState {
    RootState::Readable { unreadable: Vec::new() }
}

fn apply(known: &[KnownFile], seen: &[SeenFile], root: &RootState) -> ScanPlan {
    match plan(known, seen, root) {
        Verdict::Apply(plan) => plan,
        Verdict::Unavailable => panic!("unavailable"),
    }
}

#[test]
fn a_renamed_file_keeps_its_row_by_content() {
    let plan = apply(&[known(1, "old.mkv", 7)], &[seen("new.mkv", 7)], &readable());
    assert_eq!(plan, ScanPlan { moved: vec![(FileId(1), SeenIndex(0))], ..ScanPlan::default() });
}

#[test]
fn a_renamed_file_keeps_its_row_by_inode_without_reading_content() {
    let row = known(1, "old.mkv", 7);
    let file = SeenFile { fingerprint: None, inode: row.inode, ..seen("new.mkv", 7) };
    let plan = apply(&[row], &[file], &readable());
    assert_eq!(plan, ScanPlan { moved: vec![(FileId(1), SeenIndex(0))], ..ScanPlan::default() });
}

#[test]
fn a_reused_inode_is_not_a_move() {
    let row = known(1, "old.mkv", 7);
    let file = SeenFile { inode: row.inode, modified_ms: 2_000, ..seen("other.mkv", 8) };
    let plan = apply(&[row], &[file], &readable());
    assert_eq!(plan, ScanPlan { added: vec![SeenIndex(0)], missing: vec![FileId(1)], ..ScanPlan::default() });
}

#[test]
fn a_copy_has_its_own_row_and_replaces_the_original_when_that_is_deleted() {
    let first = apply(&[known(1, "old.mkv", 7)], &[seen("new.mkv", 7), seen("old.mkv", 7)], &readable());
    assert_eq!(
        first,
        ScanPlan { unchanged: vec![FileId(1)], added: vec![SeenIndex(0)], ..ScanPlan::default() }
    );

    let rows = [known(1, "old.mkv", 7), known(2, "new.mkv", 7)];
    let second = apply(&rows, &[seen("new.mkv", 7)], &readable());
    assert_eq!(
        second,
        ScanPlan {
            unchanged: vec![FileId(2)],
            replaced: vec![(FileId(1), FileId(2))],
            ..ScanPlan::default()
        }
    );
}

#[test]
fn new_content_at_the_same_path_keeps_the_row() {
    let plan = apply(&[known(1, "film.mkv", 7)], &[seen("film.mkv", 8)], &readable());
    assert_eq!(plan, ScanPlan { changed: vec![(FileId(1), SeenIndex(0))], ..ScanPlan::default() });
}

#[test]
fn a_missing_file_is_recognised_at_the_same_and_at_another_path() {
    let row = KnownFile { missing: true, ..known(1, "film.mkv", 7) };
    let same = apply(std::slice::from_ref(&row), &[seen("film.mkv", 7)], &readable());
    assert_eq!(same, ScanPlan { returned: vec![(FileId(1), SeenIndex(0))], ..ScanPlan::default() });
    let moved = apply(&[row], &[seen("elsewhere.mkv", 7)], &readable());
    assert_eq!(moved, ScanPlan { moved: vec![(FileId(1), SeenIndex(0))], ..ScanPlan::default() });
}

#[test]
fn a_missing_root_and_an_empty_root_change_nothing() {
    let rows = [known(1, "film.mkv", 7)];
    assert_eq!(plan(&rows, &[], &RootState::Unavailable), Verdict::Unavailable);
    assert_eq!(plan(&rows, &[], &readable()), Verdict::Unavailable);
}

#[test]
fn an_empty_root_of_a_new_library_is_available() {
    assert_eq!(plan(&[], &[], &readable()), Verdict::Apply(ScanPlan::default()));
}

#[test]
fn files_below_an_unreadable_folder_are_not_missing() {
    let rows = [known(1, "a/film.mkv", 7), known(2, "b/film.mkv", 8)];
    let root = RootState::Readable { unreadable: vec!["a".into()] };
    let plan = apply(&rows, &[seen("c.mkv", 9)], &root);
    assert_eq!(
        plan,
        ScanPlan {
            unchanged: vec![FileId(1)],
            missing: vec![FileId(2)],
            added: vec![SeenIndex(0)],
            ..ScanPlan::default()
        }
    );
}

#[test]
fn only_files_at_unknown_paths_with_the_size_of_a_gone_file_are_fingerprinted() {
    let rows = [known(1, "gone.mkv", 0), known(2, "here.mkv", 1)];
    let bare = |path: &str, content| SeenFile { fingerprint: None, ..seen(path, content) };
    let files = [bare("here.mkv", 1), bare("twin.mkv", 3), bare("other.mkv", 2)];
    assert_eq!(needs_fingerprint(&rows, &files), vec![SeenIndex(1)]);
}

/// Uses few paths and contents, so that renames, swaps, copies and returning files all occur.
fn rows() -> impl Strategy<Value = Vec<KnownFile>> {
    proptest::collection::btree_map(0..12_u8, (0..6_u64, any::<bool>()), 0..10).prop_map(|paths| {
        paths
            .into_iter()
            .zip(1..)
            .map(|((path, (content, missing)), id)| KnownFile {
                missing,
                ..known(id, &format!("{}/{path}.mkv", path % 3), content)
            })
            .collect()
    })
}

fn files() -> impl Strategy<Value = Vec<SeenFile>> {
    proptest::collection::btree_map(0..12_u8, 0..6_u64, 0..10).prop_map(|paths| {
        paths.into_iter().map(|(path, content)| seen(&format!("{}/{path}.mkv", path % 3), content)).collect()
    })
}

/// The rows after the plan was applied.
fn applied(rows: &[KnownFile], files: &[SeenFile], plan: &ScanPlan) -> Vec<KnownFile> {
    let replaced: HashSet<FileId> = plan.replaced.iter().map(|&(old, _)| old).collect();
    let at: HashMap<FileId, SeenIndex> =
        plan.changed.iter().chain(&plan.moved).chain(&plan.returned).copied().collect();
    let mut result: Vec<KnownFile> = rows
        .iter()
        .filter(|row| !replaced.contains(&row.id))
        .map(|row| match at.get(&row.id) {
            Some(&SeenIndex(at)) => row_of(row.id, &files[at]),
            None => KnownFile { missing: row.missing || plan.missing.contains(&row.id), ..row.clone() },
        })
        .collect();
    result.extend(plan.added.iter().map(|&SeenIndex(at)| row_of(FileId(1_000 + at as i64), &files[at])));
    result
}

fn row_of(id: FileId, file: &SeenFile) -> KnownFile {
    KnownFile {
        id,
        path: file.path.clone(),
        size: file.size,
        modified_ms: file.modified_ms,
        inode: file.inode,
        fingerprint: file.fingerprint.clone(),
        missing: false,
    }
}

/// The plan of a scan. Cases without a plan are rejected.
fn applicable(rows: &[KnownFile], files: &[SeenFile]) -> Result<ScanPlan, TestCaseError> {
    match plan(rows, files, &readable()) {
        Verdict::Apply(plan) => Ok(plan),
        Verdict::Unavailable => Err(TestCaseError::reject("the library is unavailable")),
    }
}

proptest! {
    #[test]
    fn every_row_and_every_file_is_in_exactly_one_list(rows in rows(), files in files()) {
        let plan = applicable(&rows, &files)?;
        let mut ids: Vec<FileId> = plan.unchanged.iter().chain(&plan.missing).copied()
            .chain(plan.changed.iter().chain(&plan.moved).chain(&plan.returned).map(|&(id, _)| id))
            .chain(plan.replaced.iter().map(|&(old, _)| old))
            .collect();
        ids.sort_unstable();
        prop_assert_eq!(ids, rows.iter().map(|row| row.id).collect::<Vec<_>>());

        let paths: HashSet<&Path> = rows.iter().map(|row| row.path.as_path()).collect();
        let unchanged_files = files.iter().filter(|file| paths.contains(file.path.as_path())).count();
        prop_assert_eq!(plan.added.len() + plan.moved.len() + unchanged_files, files.len());
    }

    #[test]
    fn an_unavailable_root_never_changes_a_row(rows in rows(), files in files()) {
        prop_assert_eq!(plan(&rows, &files, &RootState::Unavailable), Verdict::Unavailable);
    }

    #[test]
    fn rows_are_not_missing_if_no_file_was_seen(rows in rows()) {
        prop_assume!(!rows.is_empty());
        prop_assert_eq!(plan(&rows, &[], &readable()), Verdict::Unavailable);
    }

    #[test]
    fn a_second_scan_of_the_same_folder_has_nothing_to_do(rows in rows(), files in files()) {
        let first = applicable(&rows, &files)?;
        let rows = applied(&rows, &files, &first);
        let second = apply(&rows, &files, &readable());
        prop_assert_eq!(second.added, Vec::new());
        prop_assert_eq!(second.changed, Vec::new());
        prop_assert_eq!(second.missing, Vec::new());
        prop_assert_eq!(second.moved, Vec::new());
    }

    #[test]
    fn a_row_moves_only_to_the_same_content(rows in rows(), files in files()) {
        let plan = applicable(&rows, &files)?;
        for (id, SeenIndex(at)) in plan.moved {
            let row = rows.iter().find(|row| row.id == id).expect("the plan contains only known rows");
            prop_assert_eq!(&row.fingerprint, &files[at].fingerprint);
        }
    }
}
