//! Reading `X-Ratelimit`.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The content of `X-Ratelimit`: `{"name","period","limit","remaining","until"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateHeader {
    /// Trakt's name of the limit, for example `AUTHED_API_GET_LIMIT`.
    pub name: String,
    /// The length of the window.
    pub period: Duration,
    /// How many calls a window allows.
    pub limit: u32,
    /// How many are left in this window.
    pub remaining: u32,
    /// When this window ends.
    pub until: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    name: String,
    period: u64,
    limit: u32,
    #[serde(default)]
    remaining: i64,
    #[serde(default)]
    until: Option<String>,
}

impl RateHeader {
    /// Reads the header's value; `None` when it is not what Trakt sends.
    pub fn parse(value: &str) -> Option<Self> {
        let raw: Raw = serde_json::from_str(value).ok()?;
        Some(Self {
            name: raw.name,
            period: Duration::from_secs(raw.period),
            limit: raw.limit,
            remaining: u32::try_from(raw.remaining.max(0)).unwrap_or(u32::MAX),
            until: raw.until.and_then(|text| text.parse().ok()),
        })
    }
}
