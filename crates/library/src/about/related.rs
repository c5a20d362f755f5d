//! Related titles as stored in the database. Most of them are not in the library.

use db::kinds::TitleKind;
use serde::{Deserialize, Serialize};
use trakt::models::{ImageUrl, Images, Movie, Show};

/// A related title, whether or not it is in the library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Movie or show.
    pub kind: TitleKind,
    /// Trakt's id.
    pub trakt_id: i64,
    /// Its name.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// URL of a poster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<String>,
}

/// A title in a person's filmography.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTitle {
    /// The title.
    #[serde(flatten)]
    pub title: Related,
    /// The person's roles and jobs in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

impl PersonTitle {
    /// Adds a title, or another part if the title is already in the list.
    pub(super) fn add(titles: &mut Vec<Self>, title: Related, part: Option<String>) {
        let same =
            |known: &&mut Self| (known.title.kind, known.title.trakt_id) == (title.kind, title.trakt_id);
        match (titles.iter_mut().find(same), part) {
            (None, part) => titles.push(Self { title, part }),
            (Some(known), Some(part)) => {
                known.part = Some(match known.part.take() {
                    Some(parts) if parts.split(", ").any(|other| other == part) => parts,
                    Some(parts) => format!("{parts}, {part}"),
                    None => part,
                });
            }
            (Some(_), None) => {}
        }
    }
}

impl Related {
    /// Parses the column. Invalid JSON yields no titles and is replaced when the details are read again.
    pub fn from_json(json: db::Json) -> Vec<Self> {
        serde_json::from_value(json).unwrap_or_default()
    }

    pub(super) fn movie(movie: Movie) -> Self {
        Self {
            kind: TitleKind::Movie,
            trakt_id: movie.ids.trakt.0.cast_signed(),
            poster: poster(movie.images.as_ref()),
            name: movie.title,
            year: movie.year,
        }
    }

    pub(super) fn show(show: Show) -> Self {
        Self {
            kind: TitleKind::Show,
            trakt_id: show.ids.trakt.0.cast_signed(),
            poster: poster(show.images.as_ref()),
            name: show.title,
            year: show.year,
        }
    }
}

fn poster(images: Option<&Images>) -> Option<String> {
    images.and_then(|images| first(&images.poster))
}

/// The first valid URL.
pub(super) fn first(urls: &[ImageUrl]) -> Option<String> {
    urls.iter().find_map(ImageUrl::absolute).map(String::from)
}
