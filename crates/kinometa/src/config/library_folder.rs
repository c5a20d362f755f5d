//! Libraries named by flag, variable or file.

use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

use db::kinds::LibraryKind;

/// A library named on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LibraryFolder {
    /// What it holds.
    pub kind: LibraryKind,
    /// Its folder.
    pub path: PathBuf,
}

impl FromStr for LibraryFolder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, path) = text.split_once('=').ok_or("write it as movies=/path or shows=/path")?;
        let kind = match kind.trim() {
            "movies" => LibraryKind::Movies,
            "shows" => LibraryKind::Shows,
            other => return Err(format!("{other:?} is neither `movies` nor `shows`")),
        };
        if path.is_empty() {
            return Err("the folder is missing after `=`".to_owned());
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
