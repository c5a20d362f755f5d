//! Artwork, drawn when asked for: posters, backdrops, stills, logos and portraits that belong to their title. Pure: the same
//! request gives the same bytes.

mod canvas;
mod colour;
mod elements;
mod finish;
mod lettering;
mod scenes;
mod text;

use canvas::{Canvas, Frame};
use colour::Mood;
use scenes::Scene;

use crate::catalogue::random::{Random, key_of};
use crate::catalogue::{Episode, Facts, Season, Show};

/// Which picture of a title.
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
    /// The lettering alone on a transparent ground (PNG).
    Logo,
    /// A portrait of a person (2:3).
    Headshot,
}

impl Kind {
    /// Width and height in pixels that Trakt's medium images have.
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

    /// The file's media type.
    pub fn media_type(self) -> &'static str {
        if self == Self::Logo { "image/png" } else { "image/jpeg" }
    }
}

/// What to draw.
#[derive(Debug, Clone)]
pub struct ArtRequest {
    /// Which picture.
    pub kind: Kind,
    /// The lettering.
    pub title: String,
    /// A smaller line, as `Season 2`.
    pub subtitle: Option<String>,
    /// Chooses palette and composition: the same key gives the same look.
    pub key: String,
    /// Genre slugs, the leading one first: the mood.
    pub genres: Vec<&'static str>,
    /// Year of release.
    pub year: Option<u16>,
    /// The scene to show; without it, one that fits the mood.
    pub motif: Option<String>,
    /// Pixels, 16 to 4096.
    pub width: u32,
    /// Pixels, 16 to 4096.
    pub height: u32,
}

impl ArtRequest {
    /// A picture of a movie or a show in its usual size.
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

    /// The poster of a season: the show's scene in colours of its own.
    pub fn of_season(show: &Show, season: &Season) -> Self {
        Self {
            subtitle: Some(season.title.to_string()),
            key: format!("{}/season-{}", show.facts.ids.slug, season.number),
            year: None,
            ..Self::of_title(Kind::Poster, &show.facts)
        }
    }

    /// The still of an episode: a scene of its own in the mood of the show.
    pub fn of_episode(show: &Show, episode: &Episode) -> Self {
        Self {
            key: format!("{}/{}x{}", show.facts.ids.slug, episode.season, episode.number),
            motif: None,
            ..Self::of_title(Kind::Thumb, &show.facts)
        }
    }
}

/// Draws one picture: a JPEG, or a PNG for [`Kind::Logo`].
pub fn render(request: &ArtRequest) -> Vec<u8> {
    let (width, height) = (request.width.clamp(16, 4096), request.height.clamp(16, 4096));
    let seed = key_of(&request.key);
    let mood = Mood::of(&request.genres);
    let palette = mood.palette(&mut Random::stream(seed, 1));
    let mut canvas = Canvas::new(width, height, frame(request.kind, width as f32, height as f32, seed));
    if request.kind == Kind::Logo {
        lettering::logo(&mut canvas, request, mood);
        return finish::png(&canvas.pixels);
    }
    let mut random = Random::stream(seed, 2);
    let scene = scene(request, mood, &mut random);
    scene.draw(&mut canvas, &palette, &mut random);
    match request.kind {
        Kind::Poster => lettering::poster(&mut canvas, request, mood, scene, &palette),
        Kind::Banner => lettering::banner(&mut canvas, request, mood, &palette),
        _ => {}
    }
    let (vignette, grain) = if scene.is_print() { (0.10, 0.030) } else { (0.34, 0.040) };
    finish::coat(&mut canvas.pixels, seed, vignette, grain);
    finish::jpeg(&canvas.pixels)
}

fn scene(request: &ArtRequest, mood: Mood, random: &mut Random) -> Scene {
    match (request.kind, request.motif.as_deref().and_then(Scene::named)) {
        (Kind::Headshot, _) => Scene::Portrait,
        (_, Some(named)) => named,
        (_, None) => random.pick(Scene::fitting(mood)),
    }
}

/// Where the focus lies: above the lettering on a poster, right of the text on a backdrop, anywhere near the middle on a still.
fn frame(kind: Kind, width: f32, height: f32, seed: u64) -> Frame {
    let mut random = Random::stream(seed, 3);
    match kind {
        Kind::Poster => Frame { x: width * 0.5, y: height * 0.385, unit: width },
        Kind::Headshot => Frame { x: width * 0.5, y: height * 0.42, unit: width.min(height) },
        Kind::Fanart => Frame { x: width * 0.64, y: height * 0.47, unit: height * 0.80 },
        Kind::Banner => Frame { x: width * 0.78, y: height * 0.5, unit: height * 1.3 },
        Kind::Thumb | Kind::Logo => Frame {
            x: width * (0.36 + random.unit() * 0.28),
            y: height * (0.44 + random.unit() * 0.1),
            unit: height * (0.84 + random.unit() * 0.4),
        },
    }
}

#[cfg(test)]
mod tests;
