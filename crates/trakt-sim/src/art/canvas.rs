//! The drawing surface. Scenes use units around a focus point, so that a scene fits tall posters and wide backdrops.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Mask, Paint, Path, PathBuilder, Pixmap,
    Point, RadialGradient, Shader, SpreadMode, Stroke, Transform,
};

use super::colour::fade;

/// Position of the picture's focus, and the size of one unit in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) unit: f32,
}

/// The fill of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Flat(Color),
    /// A vertical gradient from the first colour at the first height to the second colour at the second.
    Down(f32, Color, f32, Color),
}

impl From<Color> for Ink {
    fn from(colour: Color) -> Self {
        Self::Flat(colour)
    }
}

/// A picture that is being drawn.
pub(super) struct Canvas {
    pub(super) pixels: Pixmap,
    frame: Frame,
    clip: Option<Mask>,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32, frame: Frame) -> Self {
        let pixels = Pixmap::new(width.max(1), height.max(1)).expect("a size of at least one pixel");
        Self { pixels, frame, clip: None }
    }

    /// Returns the edges of the picture in units: left, top, right, bottom.
    pub(super) fn edges(&self) -> (f32, f32, f32, f32) {
        let Frame { x, y, unit } = self.frame;
        let (width, height) = (self.pixels.width() as f32, self.pixels.height() as f32);
        (-x / unit, -y / unit, (width - x) / unit, (height - y) / unit)
    }

    fn transform(&self) -> Transform {
        let Frame { x, y, unit } = self.frame;
        Transform::from_row(unit, 0.0, 0.0, unit, x, y)
    }

    /// Fills everything from top to bottom; stops are fractions of the height.
    pub(super) fn sky(&mut self, stops: &[(f32, Color)]) {
        let (left, top, right, bottom) = self.edges();
        let stops = stops.iter().map(|&(at, colour)| GradientStop::new(at, colour)).collect();
        let (from, to) = (Point::from_xy(0.0, top), Point::from_xy(0.0, bottom));
        let shader = LinearGradient::new(from, to, stops, SpreadMode::Pad, Transform::identity());
        self.paint(&Shape::rect(left, top, right - left, bottom - top), shader);
    }

    pub(super) fn fill(&mut self, shape: &Shape, ink: impl Into<Ink>) {
        let shader = match ink.into() {
            Ink::Flat(colour) => Some(Shader::SolidColor(colour)),
            Ink::Down(from, first, to, second) => LinearGradient::new(
                Point::from_xy(0.0, from),
                Point::from_xy(0.0, to),
                vec![GradientStop::new(0.0, first), GradientStop::new(1.0, second)],
                SpreadMode::Pad,
                Transform::identity(),
            ),
        };
        self.paint(shape, shader);
    }

    /// Draws a soft light: `colour` in the middle, fading to nothing at `radius`.
    pub(super) fn glow(&mut self, x: f32, y: f32, radius: f32, colour: Color) {
        let alpha = colour.alpha();
        let stops = vec![
            GradientStop::new(0.0, colour),
            GradientStop::new(0.35, fade(colour, alpha * 0.42)),
            GradientStop::new(0.7, fade(colour, alpha * 0.1)),
            GradientStop::new(1.0, fade(colour, 0.0)),
        ];
        let centre = Point::from_xy(x, y);
        let shader =
            RadialGradient::new(centre, 0.0, centre, radius, stops, SpreadMode::Pad, Transform::identity());
        self.paint(&Shape::rect(x - radius, y - radius, radius * 2.0, radius * 2.0), shader);
    }

    pub(super) fn stroke(&mut self, shape: &Shape, colour: Color, width: f32) {
        let Some(path) = shape.path() else { return };
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(colour);
        let stroke =
            Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixels.stroke_path(&path, &paint, &stroke, self.transform(), self.clip.as_ref());
    }

    /// Draws `inside` clipped to `shape`.
    pub(super) fn clipped(&mut self, shape: &Shape, inside: impl FnOnce(&mut Self)) {
        let (Some(path), Some(mut mask)) =
            (shape.path(), Mask::new(self.pixels.width(), self.pixels.height()))
        else {
            return;
        };
        mask.fill_path(&path, FillRule::Winding, true, self.transform());
        let outer = self.clip.replace(mask);
        inside(self);
        self.clip = outer;
    }

    /// Fills a path given in pixels (lettering).
    pub(super) fn fill_pixels(&mut self, path: &Path, colour: Color, offset: (f32, f32)) {
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(colour);
        let transform = Transform::from_translate(offset.0, offset.1);
        self.pixels.fill_path(path, &paint, FillRule::Winding, transform, None);
    }

    fn paint(&mut self, shape: &Shape, shader: Option<Shader<'_>>) {
        let (Some(path), Some(shader)) = (shape.path(), shader) else { return };
        let paint = Paint { shader, anti_alias: true, ..Paint::default() };
        self.pixels.fill_path(&path, &paint, FillRule::Winding, self.transform(), self.clip.as_ref());
    }
}

/// An outline in units.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape(PathBuilder);

impl Shape {
    pub(super) fn rect(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self::polygon(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    }

    pub(super) fn circle(x: f32, y: f32, radius: f32) -> Self {
        let mut path = PathBuilder::new();
        path.push_circle(x, y, radius);
        Self(path)
    }

    pub(super) fn polygon(points: &[(f32, f32)]) -> Self {
        let mut shape = Self::line(points);
        shape.0.close();
        shape
    }

    /// Creates an open line, for strokes.
    pub(super) fn line(points: &[(f32, f32)]) -> Self {
        let mut path = PathBuilder::new();
        for (index, &(x, y)) in points.iter().enumerate() {
            if index == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        Self(path)
    }

    /// Parses absolute SVG path commands (M, L, C, Q, Z), scaled and moved to (`x`, `y`). A negative scale mirrors.
    pub(super) fn drawn(commands: &str, x: f32, y: f32, scale: (f32, f32)) -> Self {
        let mut path = PathBuilder::new();
        for command in commands.split_inclusive('Z').flat_map(split_commands) {
            let (letter, rest) = command.split_at(1);
            let n: Vec<f32> = rest.split_whitespace().filter_map(|number| number.parse().ok()).collect();
            let at = |index: usize| (x + n[index] * scale.0, y + n[index + 1] * scale.1);
            match (letter, n.len()) {
                ("M", 2..) => path.move_to(at(0).0, at(0).1),
                ("L", 2..) => (0..n.len() - 1).step_by(2).for_each(|i| path.line_to(at(i).0, at(i).1)),
                ("Q", 4..) => (0..n.len() - 3)
                    .step_by(4)
                    .for_each(|i| path.quad_to(at(i).0, at(i).1, at(i + 2).0, at(i + 2).1)),
                ("C", 6..) => (0..n.len() - 5).step_by(6).for_each(|i| {
                    path.cubic_to(at(i).0, at(i).1, at(i + 2).0, at(i + 2).1, at(i + 4).0, at(i + 4).1);
                }),
                _ => path.close(),
            }
        }
        Self(path)
    }

    /// Combines both outlines.
    pub(super) fn and(mut self, other: Self) -> Self {
        if let Some(path) = other.0.finish() {
            self.0.push_path(&path);
        }
        self
    }

    fn path(&self) -> Option<Path> {
        self.0.clone().finish()
    }
}

/// Splits `M0 0 L1 1 Z` before each letter.
fn split_commands(text: &str) -> Vec<&str> {
    let starts: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &text[start..end]).collect()
}
