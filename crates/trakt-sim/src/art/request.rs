//! Which pictures can be requested, and the requests for a title, a season or an episode.

use crate::catalogue::{Episode, Facts, Season, Show};

/// The kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Upright, with lettering (2:3).
    Poster,
    /// Wide, without lettering (16:9); the left third is quiet.
    Fanart,
    /// A frame of an episode or a movie, without lettering (16:9).
    Thumb,
    /// Wide and low, with lettering (1000:185).
    Banner,
    /// The lettering alone on a transparent background (PNG).
    Logo,
    /// A portrait of a person (2:3).
    Headshot,
}

impl Kind {
    /// Returns the width and height in pixels of Trakt's medium images.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Poster => (500, 750),
            Self::Fanart => (1280, 720),
            Self::Thumb => (640, 360),
            Self::Banner => (1000, 185),
            Self::Logo => (800, 310),
            Self::Headshot => (300, 450),
        }
    }

    /// Returns the media type of the file.
    pub fn media_type(self) -> &'static str {
        if self == Self::Logo { "image/png" } else { "image/jpeg" }
    }
}

/// What to draw.
#[derive(Debug, Clone)]
pub struct ArtRequest {
    /// The kind of picture.
    pub kind: Kind,
    /// The lettering.
    pub title: String,
    /// A smaller line, such as `Season 2`.
    pub subtitle: Option<String>,
    /// Selects palette and composition: the same key gives the same look.
    pub key: String,
    /// Genre slugs, the main one first; they determine the mood.
    pub genres: Vec<&'static str>,
    /// Year of release.
    pub year: Option<u16>,
    /// The scene to show; if `None`, one that fits the mood.
    pub motif: Option<String>,
    /// In pixels, 16 to 4096.
    pub width: u32,
    /// In pixels, 16 to 4096.
    pub height: u32,
}

impl ArtRequest {
    /// Requests a picture of a movie or a show in its usual size.
    pub fn of_title(kind: Kind, facts: &Facts) -> Self {
        let (width, height) = kind.size();
        Self {
            kind,
            title: facts.title.to_string(),
            subtitle: None,
            key: facts.ids.slug.to_string(),
            genres: facts.genres.to_vec(),
            year: Some(facts.year),
            motif: facts.motif.as_deref().map(str::to_owned),
            width,
            height,
        }
    }

    /// Requests the poster of a season: the show's scene in different colours.
    pub fn of_season(show: &Show, season: &Season) -> Self {
        Self {
            subtitle: Some(season.title.to_string()),
            key: format!("{}/season-{}", show.facts.ids.slug, season.number),
            year: None,
            ..Self::of_title(Kind::Poster, &show.facts)
        }
    }

    /// Requests the still of an episode: a separate scene in the show's mood.
    pub fn of_episode(show: &Show, episode: &Episode) -> Self {
        Self {
            key: format!("{}/{}x{}", show.facts.ids.slug, episode.season, episode.number),
            motif: None,
            ..Self::of_title(Kind::Thumb, &show.facts)
        }
    }
}
