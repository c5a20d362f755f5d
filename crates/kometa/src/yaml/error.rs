//! Errors of YAML files, with the affected line.

use std::borrow::Cow;
use std::sync::LazyLock;

use granit_parser::ScanError;
use regex::Regex;

use super::Place;

/// A file that cannot be read as YAML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {problem}\n    {line}")]
pub struct YamlError {
    /// Where it is.
    pub at: Place,
    /// What is wrong.
    pub problem: YamlProblem,
    /// The text of that line, without secrets.
    pub line: String,
}

/// What is wrong with a YAML file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YamlProblem {
    /// A tab where only spaces are allowed.
    #[error("tabs are not allowed in YAML files; use spaces")]
    Tab,
    /// The same key twice in one mapping.
    #[error("the key {key:?} is already set in line {}, column {}; keep one of the two", first.line, first.column)]
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it occurs first.
        first: Place,
    },
    /// A list or mapping as a key.
    #[error("a key must be text, not a list or a mapping")]
    KeyNotText,
    /// An alias inside the value with its anchor, such as `&a [*a]`.
    #[error("this alias is inside the value that it refers to")]
    AnchorInItself,
    /// A second `---`.
    #[error("the file contains a second document; only one is read")]
    SecondDocument,
    /// Anything else, with the parser's message.
    #[error("not valid YAML: {0}")]
    Syntax(String),
}

/// The maximum length of a line in an error message, in characters.
const MAX_EXCERPT: usize = 160;

impl YamlError {
    pub(super) fn new(at: Place, text: &str, problem: YamlProblem) -> Self {
        let line = text.lines().nth(at.line.saturating_sub(1)).unwrap_or_default();
        let line = without_secrets(line.trim_start_matches('\u{feff}').trim_end())
            .chars()
            .take(MAX_EXCERPT)
            .collect();
        Self { at, problem, line }
    }

    pub(super) fn from_parser(source: &str, text: &str, error: &ScanError) -> Self {
        let mark = error.marker();
        let at = Place { source: source.into(), line: mark.line(), column: mark.col() + 1 };
        let kind = format!("{:?}", error.kind());
        if kind.starts_with("Tab") {
            return Self::new(indented_by_tab(text, &at).unwrap_or(at), text, YamlProblem::Tab);
        }
        Self::new(at, text, YamlProblem::Syntax(without_secrets(&error.info()).into_owned()))
    }
}

/// Returns the position after the first tab at or below `at` that indents a line. The parser reports the beginning
/// of the value that the tab ends, which may be a line above.
fn indented_by_tab(text: &str, at: &Place) -> Option<Place> {
    let tab = |line: &str| line.find(|c: char| c != ' ').filter(|&column| line[column..].starts_with('\t'));
    let (line, column) = text
        .lines()
        .enumerate()
        .skip(at.line.saturating_sub(1))
        .find_map(|(index, line)| Some((index + 1, tab(line)? + 2)))?;
    Some(Place { line, column, ..at.clone() })
}

/// Replaces credentials in the text by `…`: everything after a key that names one, and long runs of letters and
/// digits such as tokens.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let keys = "(?i)(token|secret|api_?key|password|passwd|pin|client_id|webhooks?|url)";
        Regex::new(&format!(r#"{keys}(["']?\s*:)\s*\S.*$"#)).expect("a valid pattern")
    });
    static RUN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[A-Za-z0-9_\-]{16,}").expect("a valid pattern"));
    let text = NAMED.replace(text, "$1$2 …").into_owned();
    let hidden = RUN.replace_all(&text, |found: &regex::Captures<'_>| {
        let run = &found[0];
        if run.contains(|c: char| c.is_ascii_digit()) { "…".to_owned() } else { run.to_owned() }
    });
    Cow::Owned(hidden.into_owned())
}
