//! `/search`.

use super::{group, public};
use crate::models::{IdType, MediaKind, SearchHit};
use crate::request::Paged;

group! {
    /// Search by text and by the ids of other services.
    Search,
    /// Search by text and by the ids of other services.
    search
}

/// A field of a text search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum SearchField {
    Title,
    OriginalTitle,
    Aliases,
    Overview,
    Translations,
    People,
    Tagline,
    Name,
    Description,
}

impl SearchField {
    fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::OriginalTitle => "original_title",
            Self::Aliases => "aliases",
            Self::Overview => "overview",
            Self::Translations => "translations",
            Self::People => "people",
            Self::Tagline => "tagline",
            Self::Name => "name",
            Self::Description => "description",
        }
    }
}

impl Search {
    /// Titles that match a text, best first. Use [`first`](Paged::first) for the top results.
    pub fn text(&self, kinds: &[MediaKind], query: &str) -> Paged<SearchHit> {
        self.by_text(kinds, None, query)
    }

    /// Titles that match every word of a text.
    pub fn exact(&self, kinds: &[MediaKind], query: &str) -> Paged<SearchHit> {
        self.by_text(kinds, Some("exact"), query)
    }

    /// Like [`Search::text`], but only in these fields.
    pub fn text_in(&self, kinds: &[MediaKind], fields: &[SearchField], query: &str) -> Paged<SearchHit> {
        let fields: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        self.by_text(kinds, None, query).query("fields", fields.join(","))
    }

    /// Items with an id of another service. Two episodes can share a TMDB id, so there may be several results. If
    /// `kinds` is empty, items of any kind are returned.
    pub fn id(&self, id_type: IdType, id: impl ToString, kinds: &[MediaKind]) -> Paged<SearchHit> {
        let paged = Paged::new(&self.client, public(["search", id_type.as_str(), &id.to_string()]));
        if kinds.is_empty() { paged } else { paged.query("type", joined(kinds)) }
    }

    fn by_text(&self, kinds: &[MediaKind], exact: Option<&str>, query: &str) -> Paged<SearchHit> {
        let kinds = joined(kinds);
        let path = ["search", &kinds].into_iter().chain(exact);
        Paged::new(&self.client, public(path)).query("query", query)
    }
}

fn joined(kinds: &[MediaKind]) -> String {
    kinds.iter().map(MediaKind::as_str).collect::<Vec<_>>().join(",")
}
