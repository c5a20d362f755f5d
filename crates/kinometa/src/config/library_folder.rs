//! Value of the `library` option.

use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

use db::kinds::LibraryKind;

/// A library from the configuration, written as `movies=/path` or `shows=/path`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LibraryFolder {
    /// Whether the library contains movies or shows.
    pub kind: LibraryKind,
    /// Root folder of the library.
    pub path: PathBuf,
}

impl FromStr for LibraryFolder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, path) = text.split_once('=').ok_or("expected movies=/path or shows=/path")?;
        let kind = match kind.trim() {
            "movies" => LibraryKind::Movies,
            "shows" => LibraryKind::Shows,
            other => return Err(format!("{other:?} is not a library kind; use `movies` or `shows`")),
        };
        if path.is_empty() {
            return Err("the path after `=` is missing".to_owned());
        }
        Ok(Self { kind, path: PathBuf::from(path) })
    }
}

impl TryFrom<String> for LibraryFolder {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
