//! Scores how well titles on Trakt match the name of a file, and records the evidence. Pure functions.
//!
//! A candidate is chosen automatically only if it matches well **and** is clearly better than the next one.
//! Otherwise, a user chooses on the match page.

mod evidence;
mod similarity;

pub use evidence::{Evidence, ExternalId, IdProvider, NameEvidence, YearEvidence};
use similarity::{comparable, similarity};

/// What to look for, from file names or an NFO file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Title, as parsed or from the NFO file.
    pub title: String,
    /// Year, as parsed or from the NFO file.
    pub year: Option<i32>,
}

/// A title that Trakt returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Trakt's id.
    pub trakt_id: i64,
    /// Its name on Trakt.
    pub name: String,
    /// Other names of the same title.
    pub other_names: Vec<String>,
    /// Year of release or first airing.
    pub year: Option<i32>,
    /// Its summary.
    pub overview: Option<String>,
    /// URL of its poster on Trakt.
    pub poster_url: Option<String>,
    /// The id in a file name or NFO file by which it was found; `None` if it was found by name.
    pub found_by: Option<ExternalId>,
}

/// A candidate with its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The title on Trakt.
    pub candidate: Candidate,
    /// 0 (nothing in common) to 100 (certain).
    pub score: u8,
    /// What the score is based on.
    pub evidence: Evidence,
}

/// All candidates, best first, and whether the best one may be chosen automatically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The best candidate is certain enough. The others are kept for "Fix match".
    Matched(Vec<Scored>),
    /// Several candidates are plausible, or the best one is not certain enough. A user decides.
    Ambiguous(Vec<Scored>),
    /// No candidate is plausible. They are kept for the match page.
    Unmatched(Vec<Scored>),
}

impl Outcome {
    /// The best candidate.
    pub fn best(&self) -> Option<&Scored> {
        let (Self::Matched(all) | Self::Ambiguous(all) | Self::Unmatched(all)) = self;
        all.first()
    }

    /// Every candidate, best first.
    pub fn into_scored(self) -> Vec<Scored> {
        let (Self::Matched(all) | Self::Ambiguous(all) | Self::Unmatched(all)) = self;
        all
    }
}

/// A candidate with at least this score may be chosen automatically.
const CERTAIN: u8 = 85;
/// Minimum difference between the best score and the next one.
const CLEAR_LEAD: u8 = 10;
/// A candidate with at least this score is worth showing to a user.
const PLAUSIBLE: u8 = 60;

/// Scores the candidates and decides whether the best one may be chosen automatically.
pub fn rank(query: &Query, candidates: Vec<Candidate>) -> Outcome {
    let mut scored: Vec<Scored> = candidates.into_iter().map(|candidate| score(query, candidate)).collect();
    scored.sort_by(|a, b| b.score.cmp(&a.score).then(a.candidate.trakt_id.cmp(&b.candidate.trakt_id)));
    scored.dedup_by_key(|scored| scored.candidate.trakt_id);
    let best = scored.first().map_or(0, |scored| scored.score);
    let next = scored.get(1).map_or(0, |scored| scored.score);
    let by_id = scored.iter().filter(|scored| scored.candidate.found_by.is_some()).count();
    let clear = best.saturating_sub(next) >= CLEAR_LEAD;
    if by_id == 1 || (by_id == 0 && best >= CERTAIN && clear) {
        Outcome::Matched(scored)
    } else if best >= PLAUSIBLE {
        Outcome::Ambiguous(scored)
    } else {
        Outcome::Unmatched(scored)
    }
}

/// The score of one candidate.
pub fn score(query: &Query, candidate: Candidate) -> Scored {
    if let Some(id) = &candidate.found_by {
        return Scored { score: 100, evidence: Evidence::Id(id.clone()), candidate };
    }
    let (name_points, name) = name_score(&query.title, &candidate);
    let (year_factor, year) = year_score(query.year, candidate.year);
    // 100 is reserved for ids, because a name is never certain.
    let score = (name_points * year_factor / 100).min(99) as u8;
    Scored { score, evidence: Evidence::Names { name, year }, candidate }
}

/// Points from 0 to 100 for the name.
fn name_score(title: &str, candidate: &Candidate) -> (u32, NameEvidence) {
    let title = comparable(title);
    let main = comparable(&candidate.name);
    if title == main {
        return (100, NameEvidence::Same);
    }
    if candidate.other_names.iter().any(|name| comparable(name) == title) {
        return (97, NameEvidence::SameAlias);
    }
    let best = std::iter::once(&candidate.name)
        .chain(&candidate.other_names)
        .map(|name| similarity(&title, &comparable(name)))
        .max()
        .unwrap_or(0);
    let evidence = match best {
        90.. => NameEvidence::NearlySame,
        70..90 => NameEvidence::Similar,
        _ => NameEvidence::Different,
    };
    (best, evidence)
}

/// Factor in percent for the year.
fn year_score(queried: Option<i32>, candidate: Option<i32>) -> (u32, YearEvidence) {
    match (queried, candidate) {
        (Some(queried), Some(candidate)) if queried == candidate => (100, YearEvidence::Same),
        (Some(queried), Some(candidate)) => {
            // The years of premiere and release often differ by one.
            let factor = match queried.abs_diff(candidate) {
                1 => 89,
                2..=3 => 70,
                _ => 45,
            };
            (factor, YearEvidence::Different { queried, candidate })
        }
        (Some(_), None) => (80, YearEvidence::UnknownOnTrakt),
        (None, Some(candidate)) => (92, YearEvidence::NotInFileName { candidate }),
        (None, None) => (90, YearEvidence::Unknown),
    }
}

#[cfg(test)]
mod tests;
