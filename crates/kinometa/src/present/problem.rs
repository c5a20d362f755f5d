//! Sentences about files, folders and libraries that cannot be used.

use catalogue::problem::{FileProblem, ReadError};
use db::kinds::{ProblemCode, UnavailableReason};
use media::probe::Content;

/// The sentence for a problem with a file or folder, with advice. A sentence stored by an older version is used
/// unchanged.
pub(super) fn file_problem_text(problem: FileProblem) -> String {
    if let Some(text) = problem.stored_text {
        return text;
    }
    match problem.code {
        ProblemCode::Unreadable => return unreadable(problem.facts.read_error),
        ProblemCode::NotProbed => {
            "This file needs ffprobe to read its length and tracks. Install ffmpeg on the server and scan again."
        }
        ProblemCode::Damaged => "The file looks damaged. Replace it, or try to play it anyway.",
        ProblemCode::HalfCopied => "The file is still being copied. It is read again when it is complete.",
        ProblemCode::Truncated => "The file is incomplete. Copy it again.",
        ProblemCode::Unrecognised => {
            "The file name has no episode number. Rename it to something like \u{201c}Show S01E02\u{201d}."
        }
        ProblemCode::SymlinkLoop => "This link leads back to a folder above it and was skipped.",
        ProblemCode::BrokenLink => "This link is broken. Repair or remove it.",
        ProblemCode::NotUtf8 => {
            "The file name is not valid UTF-8. The file can be played; rename it to show its full name."
        }
        ProblemCode::Empty => "The file is empty. Copy it again or remove it.",
        ProblemCode::TooDeep => "This folder is nested too deeply and was skipped.",
        ProblemCode::NotVideo => return not_video(problem.facts.content),
        ProblemCode::DvdFolder => {
            "DVD folders cannot be played. Convert the movie to a single file, such as MKV, and scan again."
        }
        ProblemCode::Trailer => "According to its name, this is a trailer.",
        ProblemCode::Sample => "According to its name, this is a sample.",
        ProblemCode::Extra => "According to its name or folder, this is bonus material.",
        ProblemCode::DiscExtra => {
            "Only the longest title of a Blu-ray folder is played, and this is a shorter one."
        }
        ProblemCode::Hidden => "Names that begin with a dot are hidden.",
        ProblemCode::System => "This folder belongs to the system or the device.",
        ProblemCode::Unpacking => "A download tool is unpacking this, or failed to.",
        ProblemCode::Marked => {
            "The folder contains a file called \u{201c}.ignore\u{201d} or \u{201c}.nomedia\u{201d}."
        }
        ProblemCode::Pattern => "A line in \u{201c}.plexignore\u{201d} excludes it.",
        ProblemCode::NotAFile => "This is a pipe, socket or device, not a file.",
        ProblemCode::LinkedTwice => "Another link leads to the same folder, which is listed there.",
        ProblemCode::UnsupportedSubtitle => {
            "Subtitles in this format cannot be shown. Convert them to SRT."
        }
    }
    .to_owned()
}

fn not_video(content: Option<Content>) -> String {
    let what = content.map_or_else(|| "something else".to_owned(), |content| content.to_string());
    format!("This is not a video: it contains {what}. Replace it with the video, or remove it.")
}

fn unreadable(cause: Option<ReadError>) -> String {
    match cause {
        Some(ReadError::PermissionDenied) => {
            "Kinometa has no permission to read this file. Change its permissions and scan again.".to_owned()
        }
        Some(ReadError::NotFound) => "The file disappeared while it was being read. Scan again.".to_owned(),
        Some(ReadError::Other(Some(number))) => {
            format!("The file cannot be read (system error {number}). Check the disk.")
        }
        Some(ReadError::Other(None)) => "The file cannot be read. Check the disk.".to_owned(),
        None => {
            "This cannot be read. Check its permissions and the disk. Titles found in it before are kept."
                .to_owned()
        }
    }
}

/// The sentence for an unavailable library.
pub(super) fn unavailable_text(reason: UnavailableReason, path: &str) -> String {
    match reason {
        UnavailableReason::Unreadable => {
            format!("The folder {path} cannot be read. Its titles are kept until it is back.")
        }
        UnavailableReason::Empty => {
            format!("The folder {path} is empty. Is its disk mounted? Its titles are kept until it is back.")
        }
    }
}

#[cfg(test)]
mod tests {
    use catalogue::problem::ProblemFacts;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(ReadError::PermissionDenied, "no permission")]
    #[case(ReadError::NotFound, "disappeared")]
    #[case(ReadError::Other(Some(5)), "system error 5")]
    #[case(ReadError::Other(None), "Check the disk")]
    fn the_text_of_an_unreadable_file_contains_the_cause(#[case] cause: ReadError, #[case] part: &str) {
        let facts = ProblemFacts { read_error: Some(cause), ..ProblemFacts::default() };
        let text = file_problem_text(FileProblem { facts, ..FileProblem::new(ProblemCode::Unreadable) });
        assert!(text.contains(part), "{text}");
    }

    #[test]
    fn the_text_of_a_file_that_is_not_a_video_names_its_content() {
        let facts = ProblemFacts { content: Some(Content::Picture), ..ProblemFacts::default() };
        let text = file_problem_text(FileProblem { facts, ..FileProblem::new(ProblemCode::NotVideo) });
        assert!(text.contains("it contains a picture"), "{text}");
    }

    #[test]
    fn a_stored_text_is_shown_unchanged() {
        let facts = Some(serde_json::json!({"read_error": "not_found"}));
        let problem =
            FileProblem::from_columns(ProblemCode::Damaged, facts, Some("It is broken.".to_owned()));
        assert_eq!(file_problem_text(problem), "It is broken.");
    }

    #[test]
    fn every_code_has_a_sentence() {
        for &code in ProblemCode::ALL {
            let text = file_problem_text(FileProblem::new(code));
            assert!(text.ends_with('.') && !text.contains("  "), "{code}: {text}");
        }
    }
}
