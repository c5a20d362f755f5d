//! Problems with the content of a file.

use catalogue::problem::{ProblemFacts, ReadError};
use db::kinds::ProblemCode;
use media::probe::Content;

/// Why the content of a file is unknown or incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentProblem {
    Unreadable(ReadError),
    NeedsFfprobe,
    /// The file is not a video.
    NotVideo(Content),
    Damaged,
    HalfCopied,
    Truncated,
}

impl ContentProblem {
    pub(super) fn code(self) -> ProblemCode {
        match self {
            Self::Unreadable(_) => ProblemCode::Unreadable,
            Self::NeedsFfprobe => ProblemCode::NotProbed,
            Self::NotVideo(_) => ProblemCode::NotVideo,
            Self::Damaged => ProblemCode::Damaged,
            Self::HalfCopied => ProblemCode::HalfCopied,
            Self::Truncated => ProblemCode::Truncated,
        }
    }

    pub(super) fn facts(self) -> ProblemFacts {
        match self {
            Self::Unreadable(cause) => ProblemFacts { read_error: Some(cause), ..ProblemFacts::default() },
            Self::NotVideo(content) => ProblemFacts { content: Some(content), ..ProblemFacts::default() },
            Self::NeedsFfprobe | Self::Damaged | Self::HalfCopied | Self::Truncated => {
                ProblemFacts::default()
            }
        }
    }
}

/// Whether a problem may disappear without a change of the file's size or time, so that reading the file
/// again is worthwhile.
pub(super) fn may_be_temporary(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::Unreadable | ProblemCode::HalfCopied)
}
