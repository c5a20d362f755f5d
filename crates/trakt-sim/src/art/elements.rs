//! Elements that several scenes share: skies, ridges, skylines, trees, rays, water.

use std::f32::consts::TAU;

use tiny_skia::Color;

use super::canvas::{Canvas, Ink, Shape};
use super::colour::{Palette, fade, mix};
use crate::catalogue::random::Random;

/// Returns a number in `low..high`.
pub(super) fn between(random: &mut Random, low: f32, high: f32) -> f32 {
    low + random.unit() * (high - low)
}

/// Draws dusk: dark at the top, bright at the horizon.
pub(super) fn dusk(canvas: &mut Canvas, p: &Palette) {
    canvas.sky(&[(0.0, p.top), (0.34, p.middle), (0.62, p.low), (1.0, p.low)]);
}

/// Draws a night sky with only a hint of light at the horizon.
pub(super) fn night(canvas: &mut Canvas, p: &Palette) {
    canvas.sky(&[(0.0, p.near), (0.30, p.top), (0.66, p.middle), (1.0, mix(p.middle, p.low, 0.4))]);
}

pub(super) fn stars(canvas: &mut Canvas, random: &mut Random, count: usize, colour: Color, down_to: f32) {
    let (left, top, right, _) = canvas.edges();
    for _ in 0..count {
        let (x, y) = (between(random, left, right), between(random, top, down_to));
        let size = 0.0011 + random.unit().powi(4) * 0.0042;
        canvas.fill(&Shape::circle(x, y, size), fade(colour, between(random, 0.25, 0.95)));
    }
}

/// Draws a moon with its halo.
pub(super) fn moon(canvas: &mut Canvas, x: f32, y: f32, radius: f32, colour: Color) {
    canvas.glow(x, y, radius * 3.2, fade(colour, 0.55));
    canvas.fill(&Shape::circle(x, y, radius), colour);
    for (dx, dy, r) in [(-0.3, -0.2, 0.22), (0.25, 0.3, 0.16), (0.32, -0.34, 0.1), (-0.15, 0.42, 0.12)] {
        let crater = Shape::circle(x + dx * radius, y + dy * radius, r * radius);
        canvas.fill(&crater, fade(mix(colour, Color::BLACK, 0.3), 0.22));
    }
}

/// Draws one line of hills or mountains across the whole picture; `rough` ranges from 0 (dunes) to 1 (peaks).
pub(super) fn ridge(
    canvas: &mut Canvas,
    random: &mut Random,
    y: f32,
    height: f32,
    rough: f32,
    ink: impl Into<Ink>,
) {
    let (left, _, right, bottom) = canvas.edges();
    let phases: Vec<(f32, f32, f32)> = (0..4)
        .map(|octave| {
            let frequency = (1.1 + random.unit() * 0.8) * 1.9f32.powi(octave);
            (frequency, random.unit() * TAU, 0.55f32.powi(octave))
        })
        .collect();
    let mut points = vec![(right, bottom), (left, bottom)];
    let steps = 110;
    for step in 0..=steps {
        let x = left + (right - left) * step as f32 / steps as f32;
        let wave: f32 = phases
            .iter()
            .map(|&(frequency, phase, weight)| {
                let angle = (x * frequency * 2.0 + phase).rem_euclid(TAU);
                let smooth = angle.sin();
                let peaked = 1.0 - 2.0 * (angle / std::f32::consts::PI - 1.0).abs();
                (smooth * (1.0 - rough) + peaked * rough) * weight
            })
            .sum();
        points.push((x, y - wave * height * 0.5));
    }
    canvas.fill(&Shape::polygon(&points), ink);
}

/// Draws ridges from far to near between two heights, each darker than the one behind it.
pub(super) fn ridges(canvas: &mut Canvas, random: &mut Random, p: &Palette, from: f32, to: f32, rough: f32) {
    let count = 4;
    for layer in 0..count {
        let depth = layer as f32 / (count - 1) as f32;
        let y = from + (to - from) * depth;
        let colour = mix(mix(p.low, p.far, 0.45 + 0.4 * depth), p.near, depth * depth);
        let mist = mix(colour, p.low, 0.28 * (1.0 - depth));
        ridge(
            canvas,
            random,
            y,
            0.19 - 0.05 * depth,
            rough * (1.0 - 0.4 * depth),
            Ink::Down(y - 0.1, colour, y + 0.25, mist),
        );
    }
}

/// Draws flat ground from `y` downwards.
pub(super) fn ground(canvas: &mut Canvas, y: f32, ink: impl Into<Ink>) {
    let (left, _, right, bottom) = canvas.edges();
    if y < bottom {
        canvas.fill(&Shape::rect(left, y, right - left, bottom - y), ink);
    }
}

/// Draws houses or towers side by side, with some lit windows.
pub(super) fn skyline(
    canvas: &mut Canvas,
    random: &mut Random,
    base: f32,
    heights: (f32, f32),
    wall: Color,
    lamp: Option<Color>,
) {
    let (left, _, right, bottom) = canvas.edges();
    let mut x = left - 0.02;
    while x < right {
        let width = between(random, 0.06, 0.15);
        let top = base - between(random, heights.0, heights.1);
        canvas.fill(&Shape::rect(x, top, width + 0.002, bottom - top), wall);
        match random.below(4) {
            0 => canvas.fill(&Shape::rect(x + width * 0.3, top - 0.03, width * 0.4, 0.04), wall),
            1 => canvas.fill(&Shape::rect(x + width * 0.48, top - 0.07, width * 0.04, 0.08), wall),
            _ => {}
        }
        if let Some(lamp) = lamp {
            windows(canvas, random, (x, top, width, base - top), lamp);
        }
        x += width + between(random, 0.0, 0.012);
    }
}

fn windows(
    canvas: &mut Canvas,
    random: &mut Random,
    (x, top, width, height): (f32, f32, f32, f32),
    lamp: Color,
) {
    let (columns, rows) = ((width / 0.024) as usize, (height / 0.034) as usize);
    for column in 1..columns {
        for row in 1..rows {
            if random.percent(26) {
                let (wx, wy) = (x + column as f32 * width / columns as f32 - 0.004, top + row as f32 * 0.034);
                canvas.fill(&Shape::rect(wx, wy, 0.010, 0.016), fade(lamp, between(random, 0.35, 0.95)));
            }
        }
    }
}

/// Draws a leafless tree.
pub(super) fn bare_tree(
    canvas: &mut Canvas,
    random: &mut Random,
    foot: (f32, f32),
    length: f32,
    colour: Color,
) {
    branch(canvas, random, foot, length, -TAU / 4.0, length * 0.11, 6, colour);
}

#[expect(clippy::too_many_arguments, reason = "a recursive stroke carries its whole state")]
fn branch(
    canvas: &mut Canvas,
    random: &mut Random,
    from: (f32, f32),
    length: f32,
    angle: f32,
    width: f32,
    depth: u32,
    colour: Color,
) {
    let bend = angle + between(random, -0.16, 0.16);
    let to = (from.0 + bend.cos() * length * 0.42, from.1 + bend.sin() * length * 0.42);
    canvas.stroke(&Shape::line(&[from, to]), colour, width);
    if depth == 0 {
        return;
    }
    for side in [-1.0, 1.0] {
        let turn = bend + side * between(random, 0.22, 0.72);
        let shorter = length * between(random, 0.68, 0.86);
        branch(canvas, random, to, shorter, turn, width * 0.62, depth - 1, colour);
    }
}

pub(super) fn pine(canvas: &mut Canvas, x: f32, foot: f32, height: f32, colour: Color) {
    for tier in 0..4 {
        let t = tier as f32 / 4.0;
        let (top, bottom) = (foot - height * (1.0 - t * 0.72), foot - height * (0.60 - t * 0.56));
        let half = height * (0.10 + 0.16 * t);
        canvas.fill(&Shape::polygon(&[(x, top), (x + half, bottom), (x - half, bottom)]), colour);
    }
    canvas.fill(&Shape::rect(x - height * 0.02, foot - height * 0.06, height * 0.04, height * 0.08), colour);
}

/// Draws a row of pines along a line.
pub(super) fn forest(canvas: &mut Canvas, random: &mut Random, foot: f32, height: f32, colour: Color) {
    let (left, _, right, _) = canvas.edges();
    let mut x = left;
    while x < right {
        let tall = height * between(random, 0.55, 1.1);
        pine(canvas, x, foot + between(random, 0.0, 0.02), tall, colour);
        x += height * between(random, 0.16, 0.34);
    }
}

/// Draws rays from a point in all directions.
pub(super) fn rays(canvas: &mut Canvas, x: f32, y: f32, count: usize, turn: f32, colour: Color) {
    let reach = 3.2;
    for ray in 0..count {
        let from = (ray as f32 + turn) / count as f32 * TAU;
        let to = from + TAU / count as f32 / 2.0;
        let wedge = [
            (x, y),
            (x + from.cos() * reach, y + from.sin() * reach),
            (x + to.cos() * reach, y + to.sin() * reach),
        ];
        canvas.fill(&Shape::polygon(&wedge), colour);
    }
}

/// Draws light through blinds: slanted bars over the whole picture.
pub(super) fn blinds(canvas: &mut Canvas, colour: Color, slant: f32) {
    let (left, top, right, bottom) = canvas.edges();
    let mut y = top - 1.0;
    while y < bottom + 1.0 {
        let rise = (right - left) * slant;
        let bar = [(left, y), (right, y - rise), (right, y - rise + 0.032), (left, y + 0.032)];
        canvas.fill(&Shape::polygon(&bar), colour);
        y += 0.078;
    }
}

/// Draws water from `y` downwards, with light reflected on it below `x`.
pub(super) fn water(canvas: &mut Canvas, random: &mut Random, y: f32, x: f32, p: &Palette) {
    let (_, _, _, bottom) = canvas.edges();
    ground(canvas, y, Ink::Down(y, mix(p.low, p.far, 0.55), bottom, p.near));
    for _ in 0..70 {
        let depth = random.unit().powf(1.5);
        let wy = y + 0.012 + depth * (bottom - y) * 0.8;
        let half = (0.02 + 0.09 * depth) * between(random, 0.4, 1.2);
        let wx = x + between(random, -0.16, 0.16) * (0.5 + depth * 1.6);
        let glint = fade(p.light, 0.55 * (1.0 - depth) + 0.06);
        canvas.fill(&Shape::rect(wx - half, wy, half * 2.0, 0.0035 + 0.004 * depth), glint);
    }
}

/// Draws a standing person seen from behind, with or without a hat; `height` is measured from the feet.
pub(super) fn person(canvas: &mut Canvas, x: f32, feet: f32, height: f32, hat: bool, colour: Color) {
    const COAT: &str = "M -0.11 -0.80 C -0.17 -0.78 -0.19 -0.70 -0.20 -0.55 L -0.21 -0.36 L -0.15 -0.35 L -0.16 -0.24 \
        L -0.12 -0.24 L -0.11 0 L -0.02 0 L -0.01 -0.26 L 0.01 -0.26 L 0.03 0 L 0.12 0 L 0.12 -0.24 L 0.16 -0.24 \
        L 0.15 -0.35 L 0.21 -0.36 L 0.20 -0.55 C 0.19 -0.70 0.17 -0.78 0.11 -0.80 L 0.045 -0.83 L 0.045 -0.86 \
        L -0.045 -0.86 L -0.045 -0.83 Z";
    canvas.fill(&Shape::drawn(COAT, x, feet, (height, height)), colour);
    canvas.fill(&Shape::circle(x, feet - height * 0.905, height * 0.068), colour);
    if hat {
        const HAT: &str = "M -0.125 -0.925 C -0.08 -0.945 0.08 -0.945 0.125 -0.925 L 0.12 -0.945 L 0.072 -0.955 L 0.064 -1.025 \
            C 0.03 -1.045 -0.03 -1.045 -0.064 -1.025 L -0.072 -0.955 L -0.12 -0.945 Z";
        canvas.fill(&Shape::drawn(HAT, x, feet, (height, height)), colour);
    }
}
