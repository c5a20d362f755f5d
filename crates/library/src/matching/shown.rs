//! Matches in the form in which clients receive them.

use db::ids::{LibraryId, MatchGroupId};
use db::kinds::GroupKind;
use db::rows::MatchGroup;

use crate::score::{Evidence, Scored};
use catalogue::card::Card;
use catalogue::view::View;
use db::kinds::TitleKind;
use serde::{Deserialize, Serialize};

/// State of a match for clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchState {
    /// No match, or matching has not been tried yet.
    Unmatched,
    /// Several titles match about equally well.
    Ambiguous,
    /// Matched, by the server or by a user.
    Matched,
    /// Hidden by a user.
    Ignored,
}

/// A movie or show in the folders, with its matched title.
#[derive(Debug, Clone)]
pub struct Match {
    /// The group of files.
    pub id: MatchGroupId,
    /// The library that contains it.
    pub library_id: LibraryId,
    /// Movie or show.
    pub kind: TitleKind,
    /// The state of the match.
    pub state: MatchState,
    /// Title parsed from file names.
    pub parsed_title: String,
    /// Year parsed from file names.
    pub parsed_year: Option<i32>,
    /// Paths of its files, relative to the library's folder.
    pub paths: Vec<String>,
    /// The matched title.
    pub title: Option<Card>,
    /// Candidates, best first.
    pub candidates: Vec<Candidate>,
}

/// A candidate on Trakt. Stored as JSON on the group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// Trakt's id.
    pub trakt_id: i64,
    /// Movie or show.
    pub kind: TitleKind,
    /// Its title.
    pub name: String,
    /// Its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Plot summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// URL of its poster on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_url: Option<String>,
    /// How well it matches, from 0 to 1.
    pub score: f64,
    /// What the score is based on; `None` if an older version stored the candidate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// What the score is based on, as text stored by an older version. Never written.
    #[serde(default, rename = "why", skip_serializing)]
    pub stored_text: Option<String>,
}

/// A candidate as it is stored and shown.
pub(super) fn candidate(kind: GroupKind, scored: Scored) -> Candidate {
    Candidate {
        trakt_id: scored.candidate.trakt_id,
        kind: shown_kind(kind),
        name: scored.candidate.name,
        year: scored.candidate.year,
        overview: scored.candidate.overview,
        poster_url: scored.candidate.poster_url,
        score: f64::from(scored.score) / 100.0,
        evidence: Some(scored.evidence),
        stored_text: None,
    }
}

/// A match from its row.
pub(super) fn group(group: MatchGroup, paths: Vec<String>, view: &View) -> Match {
    Match {
        id: group.id,
        library_id: group.library_id,
        kind: shown_kind(group.kind),
        state: state(group.state),
        parsed_title: group.parsed_title,
        parsed_year: group.parsed_year,
        paths,
        title: group.title_id.and_then(|id| view.card_of(id)),
        candidates: serde_json::from_value(group.candidates).unwrap_or_default(),
    }
}

fn shown_kind(kind: GroupKind) -> TitleKind {
    match kind {
        GroupKind::Movie => TitleKind::Movie,
        GroupKind::Show => TitleKind::Show,
    }
}

/// Pending counts as unmatched.
fn state(state: db::kinds::MatchState) -> MatchState {
    use db::kinds::MatchState as Stored;
    match state {
        Stored::Pending | Stored::Unmatched => MatchState::Unmatched,
        Stored::Ambiguous => MatchState::Ambiguous,
        Stored::Matched | Stored::Manual => MatchState::Matched,
        Stored::Ignored => MatchState::Ignored,
    }
}

/// The stored states that clients see as `state`.
pub(super) fn stored(state: MatchState) -> Vec<db::kinds::MatchState> {
    use db::kinds::MatchState as Stored;
    match state {
        MatchState::Unmatched => vec![Stored::Pending, Stored::Unmatched],
        MatchState::Ambiguous => vec![Stored::Ambiguous],
        MatchState::Matched => vec![Stored::Matched, Stored::Manual],
        MatchState::Ignored => vec![Stored::Ignored],
    }
}
