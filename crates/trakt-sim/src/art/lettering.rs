//! Position and typeface of the lettering.

use tiny_skia::Color;

use super::canvas::{Canvas, Shape};
use super::colour::{Mood, Palette, fade};
use super::request::ArtRequest;
use super::scenes::Scene;
use super::text::{self, Align, Block, Font};
use crate::catalogue::random::key_of;

impl Mood {
    /// Returns the typefaces that suit the mood; the key selects one of them.
    fn fonts(self) -> &'static [Font] {
        match self {
            Self::Dread => &[Font::League, Font::Cinzel],
            Self::Noir => &[Font::League, Font::Poiret, Font::Bebas],
            Self::Future => &[Font::Bebas, Font::Archivo, Font::Poiret],
            Self::Adventure => &[Font::Cinzel, Font::Bebas],
            Self::Romance => &[Font::Serif, Font::Poiret],
            Self::Wonder => &[Font::Cinzel, Font::Serif],
            Self::Daylight => &[Font::Archivo, Font::Bebas],
            Self::Print => &[Font::Archivo, Font::Serif, Font::League],
            Self::Drama => &[Font::Serif, Font::Bebas, Font::Cinzel],
            Self::War => &[Font::Bebas, Font::League],
        }
    }
}

/// Returns the typeface of a title. Seasons share their show's key up to the slash, and therefore its typeface.
fn font(request: &ArtRequest, mood: Mood, scene: Option<Scene>) -> Font {
    if let Some(font) = scene.and_then(Scene::font) {
        return font;
    }
    let owner = request.key.split('/').next().unwrap_or_default();
    let fonts = mood.fonts();
    fonts[(key_of(owner) >> 7) as usize % fonts.len()]
}

/// Draws the title at the bottom, with the year and subtitle around it.
pub(super) fn poster(canvas: &mut Canvas, request: &ArtRequest, mood: Mood, scene: Scene, palette: &Palette) {
    let (width, height) = (canvas.pixels.width() as f32, canvas.pixels.height() as f32);
    let margin = width * 0.085;
    let foot = height - width * 0.10;
    let align = if scene.is_print() { Align::Left } else { Align::Centre };
    let ink = if scene.is_print() { palette.near } else { palette.light };
    if !scene.is_print() {
        shade_foot(canvas, palette);
    }
    let face = font(request, mood, Some(scene));
    let small = small_line(request, width);
    let tallest = height * if scene.is_print() { 0.145 } else { 0.185 };
    let title = text::title(&request.title, face, align, width - 2.0 * margin, tallest);
    let place = |block: &Block| if align == Align::Left { margin } else { (width - block.width) / 2.0 };
    let title_top = foot - small.height - width * 0.045 - title.height;
    let accent = if scene.is_print() { palette.accent } else { palette.low };
    write(canvas, &title, place(&title), title_top, ink);
    write(canvas, &small, place(&small), foot - small.height, accent);
}

/// Returns `SEASON 2` or the year, small and letter-spaced.
fn small_line(request: &ArtRequest, width: f32) -> Block {
    let year = request.year.map(|year| year.to_string());
    let words = request.subtitle.clone().or(year).unwrap_or_default();
    text::line(&words, Font::Oswald, width * 0.027, 0.32)
}

/// Shades the bottom, because lettering must be readable on any scene.
fn shade_foot(canvas: &mut Canvas, palette: &Palette) {
    let (left, _, right, bottom) = canvas.edges();
    let ink = super::canvas::Ink::Down(
        bottom - 0.62,
        fade(palette.near, 0.0),
        bottom - 0.16,
        fade(palette.near, 0.88),
    );
    canvas.fill(&Shape::rect(left, bottom - 0.62, right - left, 0.62), ink);
}

/// Draws the title on the left of a low, wide picture.
pub(super) fn banner(canvas: &mut Canvas, request: &ArtRequest, mood: Mood, palette: &Palette) {
    let (width, height) = (canvas.pixels.width() as f32, canvas.pixels.height() as f32);
    let block =
        text::title(&request.title, font(request, mood, None), Align::Left, width * 0.5, height * 0.6);
    write(canvas, &block, width * 0.05, (height - block.height) / 2.0, palette.light);
}

/// Draws white lettering on a transparent background.
pub(super) fn logo(canvas: &mut Canvas, request: &ArtRequest, mood: Mood) {
    let (width, height) = (canvas.pixels.width() as f32, canvas.pixels.height() as f32);
    let scene = request.motif.as_deref().and_then(Scene::named);
    let block =
        text::title(&request.title, font(request, mood, scene), Align::Centre, width * 0.94, height * 0.9);
    write(canvas, &block, (width - block.width) / 2.0, (height - block.height) / 2.0, Color::WHITE);
}

fn write(canvas: &mut Canvas, block: &Block, x: f32, y: f32, colour: Color) {
    if let Some(path) = &block.path {
        canvas.fill_pixels(path, colour, (x, y));
    }
}
