//! Scenes under an open sky.

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{
    between, dusk, forest, ground, moon, person, pine, rays, ridge, ridges, stars, water,
};
use crate::catalogue::random::Random;

/// Draws a low sun with its light.
pub(super) fn sun(c: &mut Canvas, p: &Palette, x: f32, y: f32, radius: f32) {
    c.glow(x, y, radius * 4.2, fade(p.light, 0.75));
    c.fill(
        &Shape::circle(x, y, radius),
        Ink::Down(y - radius, p.light, y + radius, mix(p.light, p.accent, 0.55)),
    );
}

pub(super) fn cloud(c: &mut Canvas, x: f32, y: f32, size: f32, colour: tiny_skia::Color) {
    for (dx, dy, r) in [(-0.9, 0.0, 0.45), (-0.4, -0.28, 0.55), (0.2, -0.38, 0.66), (0.8, -0.1, 0.5)] {
        c.fill(&Shape::circle(x + dx * size, y + dy * size, r * size), colour);
    }
    c.fill(&Shape::rect(x - 1.1 * size, y - 0.02 * size, 2.2 * size, 0.47 * size), colour);
}

pub(super) fn birds(c: &mut Canvas, r: &mut Random, count: usize, colour: tiny_skia::Color) {
    for _ in 0..count {
        let (x, y, s) = (between(r, -0.4, 0.4), between(r, -0.42, -0.1), between(r, 0.014, 0.03));
        c.stroke(&Shape::drawn("M -1 -0.5 Q -0.4 -0.7 0 0 Q 0.4 -0.7 1 -0.5", x, y, (s, s)), colour, 0.005);
    }
}

pub(super) fn mountains(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 70, p.light, -0.15);
    sun(c, p, between(r, -0.2, 0.2), -0.10, 0.14);
    ridges(c, r, p, 0.02, 0.42, 0.9);
    forest(c, r, 0.54, 0.12, mix(p.far, p.near, 0.9));
    ground(c, 0.54, p.near);
    birds(c, r, 5, p.near);
    person(c, 0.06, 0.53, 0.13, false, p.near);
}

pub(super) fn snow_mountains(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    sun(c, p, 0.24, -0.30, 0.09);
    for (x, y, size, shade) in [
        (-0.45, 0.36, 0.62, 0.20),
        (0.48, 0.38, 0.70, 0.3),
        (0.02, 0.42, 0.86, 0.45),
        (-0.85, 0.4, 0.6, 0.3),
        (1.0, 0.4, 0.6, 0.3),
        (-1.3, 0.4, 0.7, 0.3),
    ] {
        let rock = mix(p.low, p.far, 0.35 + shade);
        c.fill(
            &Shape::polygon(&[(x, y - size), (x + size * 0.72, y), (x - size * 0.72, y)]),
            Ink::Down(y - size, rock, y, mix(rock, p.low, 0.5)),
        );
        let cap = "M 0 -1 L 0.26 -0.64 L 0.16 -0.69 L 0.11 -0.56 L 0.03 -0.68 L -0.06 -0.54 L -0.13 -0.66 L -0.24 -0.61 Z";
        c.fill(&Shape::drawn(cap, x, y, (size * 1.0, size)), p.light);
        c.fill(
            &Shape::polygon(&[
                (x, y - size),
                (x + size * 0.72, y),
                (x + size * 0.12, y),
                (x + size * 0.07, y - size * 0.55),
            ]),
            fade(p.near, 0.22),
        );
    }
    ridge(c, r, 0.38, 0.10, 0.1, Ink::Down(0.3, p.light, 0.7, mix(p.light, p.far, 0.7)));
    let (left, _, right, _) = c.edges();
    for _ in 0..12 {
        let x = between(r, left, right);
        if x.abs() > 0.16 {
            pine(c, x, 0.47 + between(r, -0.03, 0.06), between(r, 0.12, 0.24), p.near);
        }
    }
    for step in 0..9 {
        let t = step as f32 / 9.0;
        c.fill(&Shape::circle(-0.22 + t * 0.24, 0.62 - t * 0.13, 0.007), fade(p.far, 0.7));
    }
    person(c, 0.03, 0.50, 0.15, true, p.near);
    c.stroke(&Shape::line(&[(0.062, 0.50), (0.045, 0.40)]), p.near, 0.004);
}

pub(super) fn hills(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    rays(c, 0.0, 0.12, 18, r.unit(), fade(p.light, 0.13));
    sun(c, p, 0.0, 0.08, 0.19);
    ridges(c, r, p, 0.14, 0.46, 0.0);
    const HOUSE: &str = "M -0.10 0 L -0.10 -0.09 L -0.12 -0.09 L -0.06 -0.16 L 0.04 -0.16 L 0.04 -0.20 L 0.065 -0.20 L 0.065 -0.155 L 0.12 -0.09 L 0.10 -0.09 L 0.10 0 Z";
    c.fill(&Shape::drawn(HOUSE, 0.15, 0.43, (0.9, 0.9)), p.near);
    c.fill(&Shape::rect(0.12, 0.365, 0.025, 0.03).and(Shape::rect(0.18, 0.365, 0.025, 0.03)), p.low);
    for x in [-0.34, -0.28, 0.36, 0.62, -0.7] {
        let y = 0.42 + between(r, 0.0, 0.04);
        c.fill(&Shape::circle(x, y - 0.09, 0.055).and(Shape::rect(x - 0.006, y - 0.06, 0.012, 0.1)), p.near);
    }
    ridge(c, r, 0.47, 0.04, 0.0, p.near);
    c.stroke(&Shape::line(&[(-0.16, 0.46), (-0.16, 0.20)]), p.near, 0.008);
    for blade in 0..8 {
        let (sin, cos) = (blade as f32 * std::f32::consts::TAU / 8.0 + 0.2).sin_cos();
        c.stroke(&Shape::line(&[(-0.16, 0.20), (-0.16 + cos * 0.062, 0.20 + sin * 0.062)]), p.near, 0.012);
    }
}

pub(super) fn sea(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 50, p.light, -0.2);
    let x = between(r, -0.14, 0.14);
    sun(c, p, x, 0.08, 0.16);
    ridge(c, r, 0.20, 0.05, 0.6, mix(p.far, p.low, 0.3));
    water(c, r, 0.20, x, p);
    let side = if r.percent(50) { 1.0 } else { -1.0 };
    const BOAT: &str = "M -0.12 0.0 L 0.12 0.0 L 0.08 0.05 L -0.08 0.05 Z M -0.005 -0.02 L -0.005 -0.30 L -0.11 -0.03 Z M 0.012 -0.02 L 0.012 -0.26 C 0.10 -0.18 0.11 -0.10 0.09 -0.02 Z";
    c.fill(&Shape::drawn(BOAT, side * 0.12, 0.33, (side * 1.1, 1.1)), p.near);
    birds(c, r, 6, p.near);
    let cliff = "M 1.6 -0.30 L 0.46 -0.16 C 0.40 -0.08 0.36 0.10 0.34 0.26 C 0.30 0.36 0.26 0.50 0.20 0.62 L 0.1 1.2 L 1.6 1.2 Z";
    c.fill(&Shape::drawn(cliff, -side * 0.04, 0.10, (-side, 1.0)), p.near);
    person(c, -side * 0.52, -0.045, 0.12, false, p.near);
}

pub(super) fn dinosaur(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    moon(c, -0.06, -0.13, 0.29, p.light);
    const VOLCANO: &str = "M -0.62 0.45 L -0.14 -0.10 L -0.08 -0.07 L -0.02 -0.11 L 0.02 -0.08 L 0.5 0.45 Z";
    c.fill(&Shape::drawn(VOLCANO, 0.34, 0.0, (1.0, 1.0)), mix(p.far, p.low, 0.28));
    for puff in 0..8 {
        let t = puff as f32 / 7.0;
        c.glow(0.30 + t * 0.22, -0.12 - t * 0.32, 0.06 + t * 0.13, fade(mix(p.accent, p.far, t), 0.6));
    }
    ridge(c, r, 0.30, 0.10, 0.3, mix(p.far, p.near, 0.35));
    const NECK: &str = "M -0.62 0.42 C -0.48 0.36 -0.40 0.22 -0.24 0.17 C -0.10 0.12 0.02 0.15 0.09 0.08 C 0.15 0.02 0.14 -0.10 0.15 -0.22 C 0.155 -0.33 0.20 -0.39 0.27 -0.385 \
        C 0.33 -0.375 0.37 -0.35 0.375 -0.325 C 0.35 -0.305 0.29 -0.31 0.245 -0.295 C 0.215 -0.27 0.23 -0.10 0.225 0.02 C 0.22 0.12 0.19 0.19 0.155 0.25 L 0.165 0.46 L 0.10 0.46 L 0.085 0.31 \
        C 0.0 0.34 -0.06 0.34 -0.13 0.33 L -0.14 0.46 L -0.205 0.46 L -0.22 0.30 C -0.33 0.32 -0.45 0.42 -0.62 0.42 Z";
    c.fill(&Shape::drawn(NECK, -0.04, 0.0, (0.95, 1.0)), p.near);
    for x in [-0.44, 0.44, 0.80, -0.8, -1.1] {
        palm(c, r, x, 0.52, 0.42);
    }
    ridge(c, r, 0.47, 0.06, 0.2, p.near);
    birds(c, r, 4, p.near);
}

fn palm(c: &mut Canvas, r: &mut Random, x: f32, foot: f32, height: f32) {
    let near = tiny_skia::Color::from_rgba(0.03, 0.04, 0.05, 1.0).unwrap_or(tiny_skia::Color::BLACK);
    let lean = between(r, -0.08, 0.08);
    let top = (x + lean, foot - height);
    c.stroke(&Shape::drawn("M 0 0 Q 0 -0.5 1 -1", x, foot, (lean, height)), near, 0.014);
    for leaf in 0..7 {
        let angle = std::f32::consts::PI * (leaf as f32 / 6.0);
        let (dx, dy) = (angle.cos() * 0.17, -angle.sin() * 0.07 + 0.05);
        let tip = (top.0 + dx, top.1 + dy);
        let bow = (top.0 + dx * 0.5, top.1 - 0.055);
        c.fill(&Shape::polygon(&[top, bow, tip, (bow.0, bow.1 + 0.03)]), near);
    }
}
