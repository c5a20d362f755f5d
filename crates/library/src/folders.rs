//! Lists folders on the server, for the folder picker.

use std::path::Path;

/// A folder on the server with its sub-folders.
#[derive(Debug, Clone)]
pub struct FolderListing {
    /// The folder listed.
    pub path: String,
    /// The parent folder; `None` at the root.
    pub parent: Option<String>,
    /// Its sub-folders, sorted by name.
    pub folders: Vec<Folder>,
}

/// A sub-folder.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Name of the sub-folder.
    pub name: String,
    /// Its absolute path.
    pub path: String,
    /// Whether the server may list it.
    pub readable: bool,
}

/// Why a folder cannot be listed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FolderError {
    /// The path is not absolute.
    #[error("path is not absolute")]
    NotAbsolute,
    /// There is no such folder.
    #[error("no such folder")]
    NotFound,
    /// The server has no permission to read it.
    #[error("permission denied")]
    Forbidden,
}

/// The sub-folders of a folder, sorted by name, without hidden ones. Blocks.
///
/// # Errors
/// When it cannot be listed.
pub fn list(path: &Path) -> Result<FolderListing, FolderError> {
    if !path.is_absolute() {
        return Err(FolderError::NotAbsolute);
    }
    let path: std::path::PathBuf = path.components().collect();
    let entries = std::fs::read_dir(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => FolderError::Forbidden,
        _ => FolderError::NotFound,
    })?;
    let mut folders: Vec<Folder> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| Folder {
            name: entry.file_name().to_string_lossy().into_owned(),
            path: entry.path().display().to_string(),
            readable: std::fs::read_dir(entry.path()).is_ok(),
        })
        .collect();
    folders.sort_by_key(|folder| folder.name.to_lowercase());
    Ok(FolderListing {
        parent: path.parent().map(|parent| parent.display().to_string()),
        path: path.display().to_string(),
        folders,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_folders_are_sorted_and_files_and_hidden_folders_left_out() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["beta", "Alpha", ".hidden"] {
            std::fs::create_dir(root.path().join(folder)).unwrap();
        }
        std::fs::write(root.path().join("file"), "").unwrap();
        let listing = list(root.path()).unwrap();
        let names: Vec<&str> = listing.folders.iter().map(|folder| folder.name.as_str()).collect();
        assert_eq!(names, ["Alpha", "beta"]);
        assert_eq!(listing.parent.as_deref(), root.path().parent().and_then(Path::to_str));
    }

    #[test]
    fn a_relative_path_and_a_missing_folder_are_errors() {
        assert_eq!(list(Path::new("relative")).err(), Some(FolderError::NotAbsolute));
        assert_eq!(list(Path::new("/no/such/folder")).err(), Some(FolderError::NotFound));
    }
}
