//! The tables for reading config.yml, for descriptions of it.

pub(crate) use super::trakt::{KEYS as TRAKT_KEYS, PAIR_KEYS};
pub(crate) use super::{KOMETAS as OTHER_ROOT_KEYS, OURS as ROOT_KEYS};
