//! The tables used for reading attributes, re-exported for generating the JSON schema of collection files.

pub(crate) use super::attributes::{
    ATTRIBUTES, Kind as AttributeKind, LEVELS, MODES, RUN_DEFINITIONS, order_names,
};
pub(crate) use super::builder::{NAMES as BUILDERS, SORTS as USER_LIST_SORTS, USER_LISTS};
pub(crate) use super::chart::{CHARTS, Check as ChartCheck, FILTERS as CHART_FILTERS, PERIODS, STATUSES};
pub(crate) use super::filter_names::{ALIASES as FILTER_ALIASES, FILTERS, Kind as FilterKind};
pub(crate) use super::filters::MODIFIERS as OLD_FILTER_MODIFIERS;
pub(crate) use super::names::{RENAMED as ATTRIBUTE_ALIASES, elsewhere_pattern};
