//! Typesets titles: outlines from the embedded fonts, kerned, and broken into lines that fill the box best.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

/// A display typeface of this crate (SIL Open Font License 1.1, see `fonts/README.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// Tall sans, capitals only.
    Bebas,
    /// Thin Art Deco capitals and lowercase letters.
    Poiret,
    /// Roman inscription.
    Cinzel,
    /// Heavy grotesque.
    Archivo,
    /// High-contrast serif.
    Serif,
    /// Narrow gothic.
    League,
    /// Plain text.
    Oswald,
}

impl Font {
    fn face(self) -> Face<'static> {
        let bytes: &'static [u8] = match self {
            Self::Bebas => include_bytes!("fonts/bebas-neue.ttf"),
            Self::Poiret => include_bytes!("fonts/poiret-one.ttf"),
            Self::Cinzel => include_bytes!("fonts/cinzel.ttf"),
            Self::Archivo => include_bytes!("fonts/archivo-black.ttf"),
            Self::Serif => include_bytes!("fonts/dm-serif-display.ttf"),
            Self::League => include_bytes!("fonts/league-gothic.ttf"),
            Self::Oswald => include_bytes!("fonts/oswald.ttf"),
        };
        Face::parse(bytes, 0).expect("the embedded fonts are sound")
    }

    fn capitals(self) -> bool {
        !matches!(self, Self::Serif)
    }

    /// Returns the space between lines as a fraction of the capital height.
    fn leading(self) -> f32 {
        match self {
            Self::Serif => 0.62,
            Self::Poiret | Self::Cinzel => 0.42,
            _ => 0.22,
        }
    }
}

/// A block of lettering in pixels, with the origin at its top left corner.
pub(super) struct Block {
    pub(super) path: Option<Path>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// The alignment of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
}

/// Returns the largest setting of `title` that fits a box of `width` by `height` pixels, with at most four lines.
pub(super) fn title(text: &str, font: Font, align: Align, width: f32, height: f32) -> Block {
    let text = if font.capitals() { text.to_uppercase() } else { text.to_owned() };
    let face = font.face();
    let words: Vec<&str> = text.split_whitespace().collect();
    let best = (1..=words.len().clamp(1, 4))
        .map(|count| balanced_lines(&face, &words, count))
        .map(|lines| (size_to_fit(&face, font, &lines, width, height), lines))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((size, lines)) = best else { return Block { path: None, width: 0.0, height: 0.0 } };
    set(&face, font, &lines, align, size, 0.0)
}

/// Returns a line of small lettering with a capital height of `size` pixels; `tracking` is a fraction of the size.
pub(super) fn line(text: &str, font: Font, size: f32, tracking: f32) -> Block {
    let face = font.face();
    set(&face, font, &[text.to_uppercase()], Align::Left, size / capital(&face), tracking)
}

/// Returns the capital height at size 1.
fn capital(face: &Face<'_>) -> f32 {
    let units = f32::from(face.units_per_em());
    face.capital_height().map_or(0.7, |height| f32::from(height) / units).clamp(0.4, 1.0)
}

fn size_to_fit(face: &Face<'_>, font: Font, lines: &[String], width: f32, height: f32) -> f32 {
    let widest = lines.iter().map(|line| advance(face, line)).fold(0.01, f32::max);
    let count = lines.len() as f32;
    let stack = capital(face) * (count + (count - 1.0) * font.leading());
    (width / widest).min(height / stack)
}

/// Breaks words into `count` lines so that the longest line is as short as possible.
fn balanced_lines(face: &Face<'_>, words: &[&str], count: usize) -> Vec<String> {
    let limit = (0..words.len())
        .flat_map(|from| (from..words.len()).map(move |to| (from, to)))
        .map(|(from, to)| advance(face, &words[from..=to].join(" ")))
        .filter(|&limit| wrap(face, words, limit).len() <= count)
        .fold(f32::INFINITY, f32::min);
    wrap(face, words, limit)
}

fn wrap(face: &Face<'_>, words: &[&str], limit: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if advance(face, &format!("{line} {word}")) <= limit + 0.001 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}

fn set(face: &Face<'_>, font: Font, lines: &[String], align: Align, size: f32, tracking: f32) -> Block {
    let widths: Vec<f32> = lines
        .iter()
        .map(|line| (advance(face, line) + tracking * line.chars().count().saturating_sub(1) as f32) * size)
        .collect();
    let widest = widths.iter().copied().fold(0.0, f32::max);
    let step = capital(face) * size * (1.0 + font.leading());
    let mut pen =
        Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, scale: size / f32::from(face.units_per_em()) };
    for (row, (text, width)) in lines.iter().zip(&widths).enumerate() {
        pen.x = if align == Align::Centre { (widest - width) / 2.0 } else { 0.0 };
        pen.y = capital(face) * size + step * row as f32;
        let mut previous = None;
        for glyph in text.chars().filter_map(|letter| face.glyph_index(letter)) {
            pen.x += previous.map_or(0.0, |before| kerning(face, before, glyph)) * pen.scale;
            face.outline_glyph(glyph, &mut pen);
            pen.x += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * pen.scale + tracking * size;
            previous = Some(glyph);
        }
    }
    let height = capital(face) * size + step * lines.len().saturating_sub(1) as f32;
    Block { path: pen.path.finish(), width: widest, height }
}

/// Returns the width of a line at size 1.
fn advance(face: &Face<'_>, text: &str) -> f32 {
    let mut previous = None;
    let mut units = 0.0;
    for glyph in text.chars().filter_map(|letter| face.glyph_index(letter)) {
        units += previous.map_or(0.0, |before| kerning(face, before, glyph));
        units += f32::from(face.glyph_hor_advance(glyph).unwrap_or(0));
        previous = Some(glyph);
    }
    units / f32::from(face.units_per_em())
}

/// Returns the font's pair kerning of two neighbouring glyphs, in font units.
fn kerning(face: &Face<'_>, left: GlyphId, right: GlyphId) -> f32 {
    let Some(gpos) = face.tables().gpos else { return 0.0 };
    let Some(feature) = gpos.features.find(Tag::from_bytes(b"kern")) else { return 0.0 };
    feature
        .lookup_indices
        .into_iter()
        .filter_map(|index| gpos.lookups.get(index))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
        .find_map(|subtable| match subtable {
            PositioningSubtable::Pair(pairs) => pair(&pairs, left, right),
            _ => None,
        })
        .unwrap_or(0.0)
}

fn pair(pairs: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<f32> {
    let at = pairs.coverage().get(left)?;
    let (first, _) = match pairs {
        PairAdjustment::Format1 { sets, .. } => sets.get(at)?.get(right)?,
        PairAdjustment::Format2 { classes, matrix, .. } => {
            matrix.get((classes.0.get(left), classes.1.get(right)))?
        }
    };
    Some(f32::from(first.x_advance))
}

struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
