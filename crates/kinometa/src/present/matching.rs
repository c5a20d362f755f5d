//! Which title a folder or file is.

use api_types::matching as wire;
use library::matching::{Candidate, Match, MatchState};

use super::card;

/// A match.
pub(crate) fn match_group(group: Match) -> wire::Match {
    wire::Match {
        id: group.id,
        library_id: group.library_id,
        kind: group.kind,
        state: match group.state {
            MatchState::Unmatched => wire::MatchState::Unmatched,
            MatchState::Ambiguous => wire::MatchState::Ambiguous,
            MatchState::Matched => wire::MatchState::Matched,
            MatchState::Ignored => wire::MatchState::Ignored,
        },
        parsed_title: group.parsed_title,
        parsed_year: group.parsed_year,
        paths: group.paths,
        title: group.title.map(card),
        candidates: group.candidates.into_iter().map(candidate).collect(),
    }
}

/// A state to filter by.
pub(crate) fn read_match_state(state: wire::MatchState) -> MatchState {
    match state {
        wire::MatchState::Unmatched => MatchState::Unmatched,
        wire::MatchState::Ambiguous => MatchState::Ambiguous,
        wire::MatchState::Matched => MatchState::Matched,
        wire::MatchState::Ignored => MatchState::Ignored,
    }
}

/// A title that a match could be.
pub(crate) fn candidate(candidate: Candidate) -> wire::Candidate {
    wire::Candidate {
        trakt_id: candidate.trakt_id,
        kind: candidate.kind,
        name: candidate.name,
        year: candidate.year,
        overview: candidate.overview,
        poster_url: candidate.poster_url,
        score: candidate.score,
        why: candidate.why,
    }
}
