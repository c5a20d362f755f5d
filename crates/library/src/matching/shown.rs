//! Groups as the match page shows them.

use db::ids::{LibraryId, MatchGroupId};
use db::kinds::GroupKind;
use db::rows::MatchGroup;

use crate::score::Scored;
use catalogue::card::Card;
use catalogue::view::View;
use db::kinds::TitleKind;
use serde::{Deserialize, Serialize};

/// State of a match as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchState {
    /// Nothing fits, or it was not tried yet.
    Unmatched,
    /// Several titles fit about as well.
    Ambiguous,
    /// Settled, by the server or by a person.
    Matched,
    /// A person said to leave it alone.
    Ignored,
}

/// A movie or show in the folders, with the title that it is taken for.
#[derive(Debug, Clone)]
pub struct Match {
    /// The group of files.
    pub id: MatchGroupId,
    /// The library it lies in.
    pub library_id: LibraryId,
    /// Movie or show.
    pub kind: TitleKind,
    /// Whether it is settled.
    pub state: MatchState,
    /// Title read from the names.
    pub parsed_title: String,
    /// Year read from the names.
    pub parsed_year: Option<i32>,
    /// Its files, below the library's folder.
    pub paths: Vec<String>,
    /// The title chosen.
    pub title: Option<Card>,
    /// What else it could be, best first.
    pub candidates: Vec<Candidate>,
}

/// A title on Trakt that a match could be. Stored as JSON on the group.
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
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// Address of its poster on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_url: Option<String>,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// Why it scores so, in a few words.
    pub why: String,
}

/// A candidate with its judgement, as it is stored and shown.
pub(super) fn candidate(kind: GroupKind, scored: Scored) -> Candidate {
    Candidate {
        trakt_id: scored.candidate.trakt_id,
        kind: shown_kind(kind),
        name: scored.candidate.name,
        year: scored.candidate.year,
        overview: scored.candidate.overview,
        poster_url: scored.candidate.poster_url,
        score: f64::from(scored.score) / 100.0,
        why: scored.why,
    }
}

/// A group.
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

/// What was not tried yet is not matched yet.
fn state(state: db::kinds::MatchState) -> MatchState {
    use db::kinds::MatchState as Stored;
    match state {
        Stored::Pending | Stored::Unmatched => MatchState::Unmatched,
        Stored::Ambiguous => MatchState::Ambiguous,
        Stored::Matched | Stored::Manual => MatchState::Matched,
        Stored::Ignored => MatchState::Ignored,
    }
}

/// The stored states behind a shown one.
pub(super) fn stored(state: MatchState) -> Vec<db::kinds::MatchState> {
    use db::kinds::MatchState as Stored;
    match state {
        MatchState::Unmatched => vec![Stored::Pending, Stored::Unmatched],
        MatchState::Ambiguous => vec![Stored::Ambiguous],
        MatchState::Matched => vec![Stored::Matched, Stored::Manual],
        MatchState::Ignored => vec![Stored::Ignored],
    }
}
