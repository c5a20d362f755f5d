//! The tables used for reading config.yml, re-exported for generating its JSON schema.

pub(crate) use super::trakt::{KEYS as TRAKT_KEYS, PAIR_KEYS};
pub(crate) use super::{KOMETA_ONLY as OTHER_ROOT_KEYS, SUPPORTED as ROOT_KEYS};
