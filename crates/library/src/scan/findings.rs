//! Problems of a walk as rows.

use db::kinds::ProblemCode;
use db::libraries::Finding;
use media::walk::{Problem, ProblemKind};

use catalogue::paths::to_columns;

/// The rows for the problems of a walk.
pub(super) fn of(problems: &[Problem]) -> Vec<Finding> {
    problems
        .iter()
        .map(|problem| Finding { path: to_columns(&problem.path).text, code: code(problem.kind) })
        .collect()
}

fn code(kind: ProblemKind) -> ProblemCode {
    match kind {
        ProblemKind::Unreadable => ProblemCode::Unreadable,
        ProblemKind::SymlinkLoop => ProblemCode::SymlinkLoop,
        ProblemKind::BrokenLink => ProblemCode::BrokenLink,
        ProblemKind::NotUtf8 => ProblemCode::NotUtf8,
        ProblemKind::Empty => ProblemCode::Empty,
        ProblemKind::TooDeep => ProblemCode::TooDeep,
    }
}
