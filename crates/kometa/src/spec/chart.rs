//! `trakt_chart`: a Trakt chart with filters.

use super::builder::limit;
use super::values::{Media, list, one_of};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{Data, Value};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The chart.
    pub chart: ChartName,
    /// The maximum number of titles.
    pub limit: i64,
    /// `daily`, `weekly`, `monthly`, `yearly` or `all`. Only the charts watched and collected have a period.
    pub period: Option<&'static str>,
    /// The filters as query parameters.
    pub query: Vec<(&'static str, String)>,
}

/// Trakt's charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are Trakt's")]
pub enum ChartName {
    Recommended,
    Watched,
    Anticipated,
    Collected,
    Trending,
    Popular,
}

pub(crate) const CHARTS: [&str; 6] =
    ["recommended", "watched", "anticipated", "collected", "trending", "popular"];
pub(crate) const PERIODS: [&str; 5] = ["daily", "weekly", "monthly", "yearly", "all"];

impl ChartName {
    /// Returns the chart with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "recommended" => Self::Recommended,
            "watched" => Self::Watched,
            "anticipated" => Self::Anticipated,
            "collected" => Self::Collected,
            "trending" => Self::Trending,
            "popular" => Self::Popular,
            _ => return None,
        })
    }

    /// Returns its name in Trakt's API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Watched => "watched",
            Self::Anticipated => "anticipated",
            Self::Collected => "collected",
            Self::Trending => "trending",
            Self::Popular => "popular",
        }
    }

    /// Returns whether the chart has a period.
    pub(super) fn has_period(self) -> bool {
        matches!(self, Self::Watched | Self::Collected)
    }
}

/// Returns the period with this name.
pub(super) fn period(name: &str) -> Option<&'static str> {
    PERIODS.iter().find(|period| **period == name).copied()
}

impl Chart {
    /// Returns the path and query of the request.
    pub fn request(&self, media: Media) -> String {
        let mut path = match self.chart {
            // Since spring 2026, this chart contains the account's personal recommendations.
            ChartName::Recommended => format!("/recommendations/{}?limit={}", media.path(), self.limit),
            chart => {
                let period = self.period.map(|period| format!("/{period}")).unwrap_or_default();
                format!("/{}/{}{period}?limit={}", media.path(), chart.name(), self.limit)
            }
        };
        for (name, value) in &self.query {
            path += &format!("&{name}={value}");
        }
        path
    }
}

/// How a filter's value is checked.
pub(crate) enum Check {
    Text,
    Years,
    /// A range `a-b` of whole numbers within these limits.
    Range(i64, i64),
    /// A range `a-b` of numbers from 0 to 10.
    Decimals,
    List,
    /// A status, in Kometa's keywords.
    Status,
}

pub(crate) const FILTERS: [(&str, Check); 19] = [
    ("query", Check::Text),
    ("years", Check::Years),
    ("runtimes", Check::Range(0, 100_000)),
    ("ratings", Check::Range(0, 100)),
    ("rt_meters", Check::Range(0, 100)),
    ("rt_user_meters", Check::Range(0, 100)),
    ("metascores", Check::Range(0, 100)),
    ("votes", Check::Range(0, 100_000)),
    ("tmdb_votes", Check::Range(0, 100_000)),
    ("imdb_votes", Check::Range(0, 3_000_000)),
    ("tmdb_ratings", Check::Decimals),
    ("imdb_ratings", Check::Decimals),
    ("genres", Check::List),
    ("languages", Check::List),
    ("countries", Check::List),
    ("certifications", Check::List),
    ("network_ids", Check::List),
    ("studio_ids", Check::List),
    ("status", Check::Status),
];

pub(crate) const STATUSES: [&str; 5] = ["returning", "production", "planned", "canceled", "ended"];

const SHOWS_ONLY: [&str; 3] = ["network_ids", "studio_ids", "status"];

/// Reads a mapping of `trakt_chart`.
pub(super) fn read(value: &Value, media: Media, findings: &mut Vec<Finding>) -> Result<Chart, Problem> {
    let Data::Map(entries) = &value.data else {
        return Err(Problem::WrongType { expected: "a mapping with chart and limit", found: value.kind() });
    };
    let named = value.get_any_case("chart").ok_or(Problem::Unusable("the chart is missing"))?;
    let chart = ChartName::named(one_of(named, &CHARTS)?).ok_or(Problem::Blank)?;
    let limit = match value.get_any_case("limit") {
        Some(written) => limit(written, "trakt_chart.limit", None, findings),
        None => {
            let problem = Problem::Unusable("is not given; 10 titles are taken");
            findings.push(Finding::new(Level::Note, &value.at, "trakt_chart.limit", problem));
            10
        }
    };
    let mut period = chart.has_period().then_some("weekly");
    let mut query = Vec::new();
    for (key, value) in entries {
        let path = format!("trakt_chart.{}", key.text);
        let name = key.text.to_lowercase();
        match name.as_str() {
            "chart" | "limit" => {}
            "time_period" if !chart.has_period() => {
                let problem = Problem::Unusable("only watched and collected have a period; it is ignored");
                findings.push(Finding::new(Level::Note, &value.at, path, problem));
            }
            "time_period" => period = Some(one_of(value, &PERIODS)?),
            name => match FILTERS.iter().find(|(known, _)| *known == name) {
                None => findings.push(unknown(name, key)),
                Some((known, _)) if media == Media::Movies && SHOWS_ONLY.contains(known) => {
                    let problem = Problem::Unusable("shows only; it is ignored");
                    findings.push(Finding::new(Level::Note, &value.at, path, problem));
                }
                Some((known, how)) => {
                    query.push((*known, check(how, value).map_err(|problem| problem.within(&path))?));
                }
            },
        }
    }
    Ok(Chart { chart, limit, period, query })
}

fn unknown(name: &str, key: &crate::yaml::Key) -> Finding {
    let known = FILTERS.iter().map(|(name, _)| *name).chain(["chart", "limit", "time_period"]);
    let problem = Problem::UnknownKey { key: key.text.clone(), nearest: nearest_name(name, known) };
    Finding::new(Level::Warning, &key.at, "trakt_chart", problem)
}

fn check(how: &Check, value: &Value) -> Result<String, Problem> {
    if value.data == Data::Null {
        return Err(Problem::Blank);
    }
    let text = value.to_python();
    match how {
        Check::Text => Ok(text),
        Check::Years => years(&text).then(|| text.clone()).ok_or(Problem::NotAYear { value: text }),
        Check::Range(low, high) => whole_range(&text, *low, *high)
            .then(|| text.clone())
            .ok_or(Problem::NotARange { value: text, low: *low, high: *high }),
        Check::Decimals => decimal_range(&text).ok_or(Problem::NotARange { value: text, low: 0, high: 10 }),
        Check::List => Ok(list(value).iter().map(Value::to_python).collect::<Vec<_>>().join(",")),
        Check::Status => {
            let sent = |word: &Value| {
                Ok(match one_of(word, &STATUSES)? {
                    "returning" => "returning series",
                    "production" => "in production",
                    other => other,
                })
            };
            Ok(list(value).iter().map(sent).collect::<Result<Vec<_>, Problem>>()?.join(","))
        }
    }
}

fn years(text: &str) -> bool {
    let year = |text: &str| (text.len() == 4).then(|| text.parse::<u16>().ok()).flatten();
    match text.split_once('-') {
        None => year(text).is_some(),
        Some((from, to)) => year(from).zip(year(to)).is_some_and(|(from, to)| from < to),
    }
}

fn whole_range(text: &str, low: i64, high: i64) -> bool {
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let Some((from, to)) = text.split_once('-') else { return false };
    number(from).zip(number(to)).is_some_and(|(from, to)| low <= from && from < to && to <= high)
}

/// Returns the range with decimals, as Kometa sends it: `5-10` becomes `5.0-10.0`.
fn decimal_range(text: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let (from, to) = text.split_once('-')?;
    let (from, to) = (number(from)?, number(to)?);
    (0.0 <= from && from < to && to <= 10.0).then(|| format!("{from:?}-{to:?}"))
}
