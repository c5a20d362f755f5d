//! Matches of files with titles, and why a candidate fits.

use api_types::matching as wire;
use library::artwork::resolve;
use library::matching::{Candidate, Match, MatchState};
use library::score::{Evidence, ExternalId, IdProvider, NameEvidence, YearEvidence};
use url::Url;

use super::card;

/// A match. `api` is the address of Trakt's API.
pub(crate) fn match_group(group: Match, api: &Url) -> wire::Match {
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
        candidates: group.candidates.into_iter().map(|found| candidate(found, api)).collect(),
    }
}

/// Converts a state to filter by from the API's type.
pub(crate) fn read_match_state(state: wire::MatchState) -> MatchState {
    match state {
        wire::MatchState::Unmatched => MatchState::Unmatched,
        wire::MatchState::Ambiguous => MatchState::Ambiguous,
        wire::MatchState::Matched => MatchState::Matched,
        wire::MatchState::Ignored => MatchState::Ignored,
    }
}

/// A candidate for a match. Its poster is loaded directly from Trakt, whose API is at `api`.
pub(crate) fn candidate(candidate: Candidate, api: &Url) -> wire::Candidate {
    let poster = candidate.poster_url.and_then(|address| resolve(&address, api));
    wire::Candidate {
        trakt_id: candidate.trakt_id,
        kind: candidate.kind,
        name: candidate.name,
        year: candidate.year,
        overview: candidate.overview,
        poster_url: poster.map(String::from),
        score: candidate.score,
        evidence: candidate.evidence.as_ref().map(evidence_facts),
        why: match candidate.evidence {
            Some(evidence) => evidence_text(&evidence),
            None => candidate.stored_text.unwrap_or_default(),
        },
    }
}

/// The sentence that explains a candidate's score.
fn evidence_text(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Id(ExternalId { provider, id }) => {
            format!("the {} ID {id} in the file name or NFO leads to this title", provider_name(*provider))
        }
        Evidence::Names { name, year } => format!("{}; {}", name_text(*name), year_text(*year)),
    }
}

fn evidence_facts(evidence: &Evidence) -> wire::CandidateEvidence {
    match evidence {
        Evidence::Id(ExternalId { provider, id }) => {
            wire::CandidateEvidence::Id { provider: provider_name(*provider).to_owned(), id: id.clone() }
        }
        Evidence::Names { name, year } => {
            let (year, queried) = match *year {
                YearEvidence::Same => (wire::YearComparison::Same, None),
                YearEvidence::Different { queried, .. } => (wire::YearComparison::Different, Some(queried)),
                YearEvidence::UnknownOnTrakt => (wire::YearComparison::UnknownOnTrakt, None),
                YearEvidence::NotInFileName { .. } => (wire::YearComparison::NotInFileName, None),
                YearEvidence::Unknown => (wire::YearComparison::Unknown, None),
            };
            let name = match name {
                NameEvidence::Same => wire::NameComparison::Same,
                NameEvidence::SameAlias => wire::NameComparison::SameAlias,
                NameEvidence::NearlySame => wire::NameComparison::NearlySame,
                NameEvidence::Similar => wire::NameComparison::Similar,
                NameEvidence::Different => wire::NameComparison::Different,
            };
            wire::CandidateEvidence::Names { name, year, queried }
        }
    }
}

fn provider_name(provider: IdProvider) -> &'static str {
    match provider {
        IdProvider::Trakt => "Trakt",
        IdProvider::Imdb => "IMDb",
        IdProvider::Tmdb => "TMDB",
        IdProvider::Tvdb => "TheTVDB",
    }
}

fn name_text(name: NameEvidence) -> &'static str {
    match name {
        NameEvidence::Same => "same name",
        NameEvidence::SameAlias => "same as another name of this title",
        NameEvidence::NearlySame => "nearly the same name",
        NameEvidence::Similar => "similar name",
        NameEvidence::Different => "different name",
    }
}

fn year_text(year: YearEvidence) -> String {
    match year {
        YearEvidence::Same => "same year".to_owned(),
        YearEvidence::Different { queried, candidate } => format!("from {candidate}, not {queried}"),
        YearEvidence::UnknownOnTrakt => "no year on Trakt".to_owned(),
        YearEvidence::NotInFileName { candidate } => format!("from {candidate}; the file name has no year"),
        YearEvidence::Unknown => "no year to compare".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use db::kinds::TitleKind;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn stored(fields: serde_json::Value) -> wire::Candidate {
        let mut json = json!({"trakt_id": 1, "kind": TitleKind::Movie, "name": "Dune", "score": 0.45});
        json.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let api = Url::parse("https://api.trakt.tv").unwrap();
        candidate(serde_json::from_value(json).unwrap(), &api)
    }

    #[rstest]
    #[case(
        json!({"names": {"name": "same", "year": {"different": {"queried": 1984, "candidate": 2021}}}}),
        "same name; from 2021, not 1984"
    )]
    #[case(json!({"names": {"name": "similar", "year": "unknown_on_trakt"}}), "similar name; no year on Trakt")]
    #[case(json!({"id": {"provider": "tmdb", "id": "603"}}), "the TMDB ID 603 in the file name or NFO leads to this title")]
    fn stored_evidence_becomes_a_sentence(#[case] evidence: serde_json::Value, #[case] text: &str) {
        assert_eq!(stored(json!({ "evidence": evidence })).why, text);
    }

    #[test]
    fn evidence_includes_its_details() {
        let evidence =
            json!({"names": {"name": "same", "year": {"different": {"queried": 1984, "candidate": 2021}}}});
        let facts = serde_json::to_value(stored(json!({ "evidence": evidence })).evidence).unwrap();
        assert_eq!(facts, json!({"compared": "names", "name": "same", "year": "different", "queried": 1984}));
    }

    #[test]
    fn the_text_of_an_older_version_is_shown() {
        assert_eq!(stored(json!({"why": "the name is the same"})).why, "the name is the same");
    }
}
