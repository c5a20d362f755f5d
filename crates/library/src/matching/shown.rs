//! Groups as the match page shows them.

use db::kinds::GroupKind;
use db::rows::MatchGroup;

use crate::score::Scored;
use api_types::matching::{Candidate, Match, MatchState};
use api_types::title::TitleKind;
use catalogue::view::View;

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
