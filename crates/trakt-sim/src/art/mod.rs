//! Artwork, drawn on request: posters, backdrops, stills, logos and portraits that fit their title. Pure: the same
//! request gives the same bytes.

mod canvas;
mod colour;
mod elements;
mod finish;
mod lettering;
mod request;
mod scenes;
mod text;

use canvas::{Canvas, Frame};
use colour::Mood;
pub use request::{ArtRequest, Kind};
use scenes::Scene;

use crate::catalogue::random::{Random, key_of};

/// Draws a picture: a JPEG, or a PNG for [`Kind::Logo`].
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
    finish::add_vignette_and_grain(&mut canvas.pixels, seed, vignette, grain);
    finish::jpeg(&canvas.pixels)
}

fn scene(request: &ArtRequest, mood: Mood, random: &mut Random) -> Scene {
    match (request.kind, request.motif.as_deref().and_then(Scene::named)) {
        (Kind::Headshot, _) => Scene::Portrait,
        (_, Some(named)) => named,
        (_, None) => random.pick(Scene::fitting(mood)),
    }
}

/// Returns the focus: above a poster's lettering, right of the text on a backdrop, near the middle of a still.
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
