//! The tables used for reading config.yml and collection files, re-exported for generating their JSON schemas.

pub(crate) use super::dynamic::{
    NAMES as DYNAMIC_NAMES, OTHER_TYPES as OTHER_DYNAMIC_TYPES, RENAMED as DYNAMIC_ALIASES,
    TYPES as DYNAMIC_TYPES,
};
pub(crate) use super::files::{KINDS as FILE_KINDS, OTHERS as BLOCK_KEYS};
pub(crate) use super::library::{KOMETA_ONLY as OTHER_LIBRARY_KEYS, SUPPORTED as LIBRARY_KEYS};
pub(crate) use super::playlists::ATTRIBUTES as PLAYLIST_ATTRIBUTES;
pub(crate) use super::plex::{KOMETA_ONLY as OTHER_PLEX_KEYS, SUPPORTED as PLEX_KEYS};
pub(crate) use super::settings::{
    FOR_COLLECTIONS as COLLECTION_SETTINGS, OTHERS as OTHER_SETTINGS, RENAMED as RENAMED_SETTINGS,
};
