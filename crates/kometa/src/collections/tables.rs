//! The tables for reading config.yml and collection files, for descriptions of them.

pub(crate) use super::dynamic::{
    NAMES as DYNAMIC_NAMES, OTHER_TYPES as OTHER_DYNAMIC_TYPES, RENAMED as DYNAMIC_ALIASES,
    TYPES as DYNAMIC_TYPES,
};
pub(crate) use super::files::{KINDS as FILE_KINDS, OTHERS as BLOCK_KEYS};
pub(crate) use super::library::{KOMETAS as OTHER_LIBRARY_KEYS, OURS as LIBRARY_KEYS};
pub(crate) use super::playlists::ATTRIBUTES as PLAYLIST_ATTRIBUTES;
pub(crate) use super::plex::{KOMETAS as OTHER_PLEX_KEYS, OURS as PLEX_KEYS};
pub(crate) use super::settings::{
    FOR_COLLECTIONS as COLLECTION_SETTINGS, OTHERS as OTHER_SETTINGS, RENAMED as RENAMED_SETTINGS,
};
