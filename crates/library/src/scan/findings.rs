//! What a walk could not use, in words.

use db::libraries::Finding;
use media::walk::{Problem, ProblemKind};

use catalogue::paths::to_columns;

/// The findings of a walk.
pub(super) fn of(problems: &[Problem]) -> Vec<Finding> {
    problems
        .iter()
        .map(|problem| {
            let (code, message) = describe(problem.kind);
            Finding {
                path: to_columns(&problem.path).text,
                code: code.to_owned(),
                message: message.to_owned(),
            }
        })
        .collect()
}

fn describe(kind: ProblemKind) -> (&'static str, &'static str) {
    match kind {
        ProblemKind::Unreadable => (
            "unreadable",
            "It cannot be read. Check its permissions and the disk. What was known below it is kept.",
        ),
        ProblemKind::SymlinkLoop => {
            ("symlink_loop", "A link leads back to a folder above it, and was not followed.")
        }
        ProblemKind::BrokenLink => ("broken_link", "A link leads nowhere. Repair or remove it."),
        ProblemKind::NotUtf8 => {
            ("not_utf8", "The name is not UTF-8. The file can be used; rename it to see its name in full.")
        }
        ProblemKind::Empty => ("empty", "The file has no content. Copy it again or remove it."),
        ProblemKind::TooDeep => ("too_deep", "The folder lies too deep and was left out."),
    }
}
