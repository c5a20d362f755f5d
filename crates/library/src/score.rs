//! How well a title of Trakt fits a name on disk: a pure judgement that always says why.
//!
//! The rule of the house is that nothing is guessed silently. One candidate must fit well **and** stand clear of
//! the next one; otherwise a person chooses on the match page.

mod likeness;

use likeness::{comparable, similarity};

/// What the names on disk say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Title as parsed, or as the NFO states it.
    pub title: String,
    /// Year as parsed.
    pub year: Option<i32>,
}

/// A title that Trakt offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Trakt's id.
    pub trakt_id: i64,
    /// Name in Trakt's words.
    pub name: String,
    /// Other names of the same title.
    pub other_names: Vec<String>,
    /// Year of release or first airing.
    pub year: Option<i32>,
    /// First lines of what it is about.
    pub overview: Option<String>,
    /// Address of a poster at Trakt.
    pub poster_url: Option<String>,
    /// The id on disk that led here ("tmdb 603"), when the candidate was not found by its name.
    pub found_by: Option<String>,
}

/// A candidate with its judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The title of Trakt.
    pub candidate: Candidate,
    /// 0 (nothing in common) to 100 (certain).
    pub score: u8,
    /// One sentence for the match page.
    pub why: String,
}

/// The judgement over all candidates, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One candidate is certain enough; the others are kept for "Fix match".
    Matched(Vec<Scored>),
    /// Several would do: a person decides.
    Ambiguous(Vec<Scored>),
    /// None is close. What was found is kept for the match page.
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

/// From here on a candidate may be taken without asking.
const CERTAIN: u8 = 85;
/// How far the best must be ahead of the next.
const CLEAR_LEAD: u8 = 10;
/// From here on a candidate is worth asking about.
const PLAUSIBLE: u8 = 60;

/// Judges the candidates.
pub fn judge(wanted: &Wanted, candidates: Vec<Candidate>) -> Outcome {
    let mut scored: Vec<Scored> = candidates.into_iter().map(|candidate| score(wanted, candidate)).collect();
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
pub fn score(wanted: &Wanted, candidate: Candidate) -> Scored {
    if let Some(id) = &candidate.found_by {
        let why = format!("the {id} in the name or NFO leads to this title");
        return Scored { score: 100, why, candidate };
    }
    let (name_points, name_why) = name_score(&wanted.title, &candidate);
    let (year_factor, year_why) = year_score(wanted.year, candidate.year);
    let score = (name_points * year_factor / 100).min(99) as u8;
    Scored { score, why: format!("{name_why}; {year_why}"), candidate }
}

/// 0 to 100 for the name.
fn name_score(title: &str, candidate: &Candidate) -> (u32, &'static str) {
    let wanted = comparable(title);
    let main = comparable(&candidate.name);
    if wanted == main {
        return (100, "the name is the same");
    }
    if candidate.other_names.iter().any(|name| comparable(name) == wanted) {
        return (97, "another name of this title is the same");
    }
    let best = std::iter::once(&candidate.name)
        .chain(&candidate.other_names)
        .map(|name| similarity(&wanted, &comparable(name)))
        .max()
        .unwrap_or(0);
    let why = match best {
        90.. => "the name is nearly the same",
        70..90 => "the name is similar",
        _ => "the name differs",
    };
    (best, why)
}

/// Factor in percent for the year, and what to say about it.
fn year_score(wanted: Option<i32>, offered: Option<i32>) -> (u32, String) {
    match (wanted, offered) {
        (Some(wanted), Some(offered)) => match wanted.abs_diff(offered) {
            0 => (100, "the year is the same".to_owned()),
            1 => (89, format!("the year is one off ({offered} instead of {wanted})")),
            2..=3 => (70, format!("the year is {offered}, not {wanted}")),
            _ => (45, format!("the year is {offered}, not {wanted}")),
        },
        (Some(_), None) => (80, "Trakt knows no year".to_owned()),
        (None, Some(offered)) => (92, format!("the name on disk has no year, this one is from {offered}")),
        (None, None) => (90, "no year to compare".to_owned()),
    }
}

#[cfg(test)]
mod tests;
