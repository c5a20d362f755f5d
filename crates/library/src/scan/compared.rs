//! Converts rows and files to the form that `identity` compares.

use std::collections::HashMap;

use db::files::KnownFile as KnownRow;
use db::kinds::FileState;

use super::listing::{FileIndex, Listing};
use super::scanned_file::Content;
use crate::identity::{Inode, KnownFile, SeenFile};
use catalogue::paths::from_columns;

/// A row of an earlier scan.
pub(super) fn known_file(row: &KnownRow) -> KnownFile {
    let inode = row
        .inode
        .zip(row.device)
        .map(|(inode, device)| Inode { device: device.cast_unsigned(), number: inode.cast_unsigned() });
    KnownFile {
        id: row.id,
        path: from_columns(&row.path, row.path_bytes.as_deref()),
        size: row.size.cast_unsigned(),
        modified_ms: row.modified_at.0.timestamp_millis(),
        inode,
        fingerprint: row.fingerprint.clone(),
        missing: row.state == FileState::Missing,
    }
}

/// A file of the walk, with its fingerprint if its content was read.
pub(super) fn seen_file(
    listing: &Listing,
    index: FileIndex,
    contents: &HashMap<FileIndex, Content>,
) -> SeenFile {
    let file = listing.file(index);
    SeenFile {
        path: file.path.clone(),
        size: file.size,
        modified_ms: file.modified_at.timestamp_millis(),
        inode: file.file_id.map(|id| Inode { device: id.device, number: id.inode }),
        fingerprint: contents.get(&index).and_then(|content| content.fingerprint.clone()),
    }
}
