//! Night scenes.

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{
    bare_tree, between, forest as pines, ground, moon, night, person, rays, ridge, stars,
};
use crate::catalogue::random::Random;

pub(super) fn graveyard(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 90, p.light, 0.1);
    moon(c, 0.10, -0.20, 0.235, p.light);
    ridge(c, r, 0.20, 0.10, 0.2, mix(p.far, p.middle, 0.4));
    pines(c, r, 0.24, 0.13, mix(p.far, p.near, 0.45));
    let (left, _, right, _) = c.edges();
    mist(c, r, 0.25, fade(p.low, 0.20));
    for row in 0..3 {
        let depth = row as f32 / 2.0;
        let colour = mix(p.far, p.near, 0.55 + 0.45 * depth);
        let mut x = left + between(r, 0.0, 0.1);
        while x < right {
            stone(c, r, x, 0.33 + depth * 0.12, 0.05 + 0.05 * depth, colour);
            x += between(r, 0.13, 0.24) * (1.0 + depth * 0.7);
        }
        ridge(c, r, 0.335 + depth * 0.12, 0.02, 0.0, colour);
    }
    bare_tree(c, r, (-0.36, 0.50), 0.52, p.near);
    for (x, size) in [(0.02, 0.25), (0.16, 0.22), (-0.10, 0.21), (0.30, 0.24)] {
        walker(c, r, x, 0.44, size, p.near);
    }
}

/// Draws somebody whose gait is not quite right.
fn walker(c: &mut Canvas, r: &mut Random, x: f32, feet: f32, height: f32, colour: tiny_skia::Color) {
    person(c, x, feet, height, false, colour);
    let reach = if r.percent(50) { 1.0 } else { -1.0 };
    let arm = [
        (x, feet - height * 0.72),
        (x + reach * height * 0.26, feet - height * 0.62),
        (x + reach * height * 0.4, feet - height * 0.7),
    ];
    c.stroke(&Shape::line(&arm), colour, height * 0.065);
}

fn stone(c: &mut Canvas, r: &mut Random, x: f32, foot: f32, size: f32, colour: tiny_skia::Color) {
    if r.percent(35) {
        c.fill(&Shape::rect(x - size * 0.11, foot - size * 1.9, size * 0.22, size * 2.0), colour);
        c.fill(&Shape::rect(x - size * 0.45, foot - size * 1.5, size * 0.9, size * 0.22), colour);
    } else {
        c.fill(&Shape::circle(x, foot - size, size * 0.5), colour);
        c.fill(&Shape::rect(x - size * 0.5, foot - size, size, size * 1.1), colour);
    }
}

fn mist(c: &mut Canvas, r: &mut Random, y: f32, colour: tiny_skia::Color) {
    let (left, _, right, _) = c.edges();
    for _ in 0..9 {
        c.glow(between(r, left, right), y + between(r, -0.05, 0.08), between(r, 0.2, 0.45), colour);
    }
}

pub(super) fn vampire(c: &mut Canvas, p: &Palette, r: &mut Random) {
    let (left, top, right, bottom) = c.edges();
    c.sky(&[(0.0, mix(p.top, p.near, 0.5)), (0.5, p.middle), (1.0, p.near)]);
    c.glow(-0.12, -0.1, 1.0, fade(p.low, 0.75));
    // The shadow on the wall is larger than its owner, and leads with its fingers.
    const SHADOW: &str = "M 0.02 -0.44 C 0.13 -0.45 0.16 -0.33 0.13 -0.25 C 0.12 -0.20 0.09 -0.18 0.10 -0.14 \
        C 0.22 -0.11 0.25 -0.03 0.26 0.08 L 0.30 0.70 L -0.10 0.70 L -0.07 0.12 C -0.14 0.14 -0.22 0.06 -0.27 -0.02 \
        L -0.37 -0.05 L -0.49 -0.01 L -0.38 -0.08 L -0.52 -0.09 L -0.38 -0.11 L -0.50 -0.18 L -0.36 -0.14 L -0.43 -0.25 \
        L -0.32 -0.15 L -0.24 -0.11 C -0.18 -0.06 -0.13 -0.03 -0.09 -0.06 C -0.06 -0.12 -0.02 -0.14 0.0 -0.16 \
        C -0.02 -0.18 -0.05 -0.20 -0.06 -0.24 L -0.09 -0.25 L -0.065 -0.28 C -0.08 -0.38 -0.05 -0.44 0.02 -0.44 Z";
    c.fill(&Shape::drawn(SHADOW, 0.10, -0.03, (1.0, 1.0)), fade(p.near, 0.93));
    c.fill(&Shape::drawn("M 0 0 L 0.09 -0.05 L 0.02 0.07 Z", 0.205, -0.31, (1.0, 1.0)), fade(p.near, 0.93));
    let steps = 9;
    for step in 0..steps {
        let t = step as f32 / steps as f32;
        let (x, y) = (left - 0.05 + t * (right - left) * 0.95, bottom - 0.06 - t * (bottom - 0.18));
        c.fill(&Shape::rect(x, y, right - x + 0.1, bottom - y), mix(p.far, p.near, 0.55 + 0.3 * (1.0 - t)));
        c.fill(&Shape::rect(x, y, right - x + 0.1, 0.008), fade(p.low, 0.25));
        if step % 2 == 0 {
            c.stroke(&Shape::line(&[(x + 0.05, y), (x + 0.05, y - 0.2)]), p.near, 0.009);
        }
    }
    let rail = [(left - 0.1, bottom - 0.24), (right + 0.1, 0.0)];
    c.stroke(&Shape::line(&rail), p.near, 0.018);
    c.glow(right, top, 0.5 + 0.1 * r.unit(), fade(p.near, 0.7));
}

pub(super) fn witch(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 120, p.light, 0.2);
    moon(c, 0.0, -0.14, 0.33, p.light);
    const FLIGHT: &str = "M -0.22 0.03 L 0.24 -0.03 L 0.245 -0.02 L 0.03 0.01 C 0.02 0.06 -0.02 0.07 -0.05 0.05 \
        C -0.09 0.10 -0.15 0.09 -0.20 0.13 C -0.17 0.07 -0.12 0.03 -0.08 0.0 C -0.07 -0.05 -0.03 -0.09 0.0 -0.10 \
        L -0.06 -0.115 L 0.01 -0.125 L 0.03 -0.21 L 0.055 -0.115 L 0.10 -0.10 L 0.055 -0.095 C 0.05 -0.07 0.05 -0.06 0.04 -0.055 \
        L 0.09 -0.02 L 0.03 -0.015 L -0.22 0.04 L -0.34 0.0 L -0.31 0.03 L -0.36 0.04 L -0.31 0.05 L -0.33 0.08 Z";
    c.fill(&Shape::drawn(FLIGHT, 0.02, -0.14, (0.85, 0.85)), p.near);
    for _ in 0..9 {
        let (x, y, s) = (between(r, -0.45, 0.45), between(r, -0.45, 0.05), between(r, 0.025, 0.05));
        c.fill(
            &Shape::drawn(
                "M 0 0 Q -0.5 -0.6 -1 0 Q -0.5 -0.2 0 0.3 Q 0.5 -0.2 1 0 Q 0.5 -0.6 0 0 Z",
                x,
                y,
                (s, s),
            ),
            p.near,
        );
    }
    ridge(c, r, 0.36, 0.12, 0.5, mix(p.far, p.near, 0.5));
    pines(c, r, 0.42, 0.16, mix(p.far, p.near, 0.8));
    ridge(c, r, 0.52, 0.08, 0.2, p.near);
    bare_tree(c, r, (0.36, 0.58), 0.62, p.near);
    bare_tree(c, r, (-0.46, 0.62), 0.46, p.near);
}

pub(super) fn haunted_house(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 60, p.light, 0.0);
    moon(c, -0.20, -0.26, 0.17, p.light);
    ridge(c, r, 0.25, 0.12, 0.4, mix(p.far, p.middle, 0.3));
    let hill =
        "M -0.9 0.62 C -0.4 0.55 -0.3 0.22 0.05 0.18 C 0.38 0.22 0.45 0.52 1.2 0.62 L 1.2 1.2 L -0.9 1.2 Z";
    c.fill(&Shape::drawn(hill, 0.0, 0.04, (1.0, 1.0)), p.near);
    const HOUSE: &str = "M -0.24 0.22 L -0.24 -0.06 L -0.27 -0.06 L -0.15 -0.20 L -0.11 -0.16 L -0.11 -0.30 L -0.13 -0.30 \
        L -0.05 -0.47 L 0.03 -0.30 L 0.01 -0.30 L 0.01 -0.14 L 0.05 -0.14 L 0.05 -0.22 L 0.09 -0.22 L 0.09 -0.12 L 0.19 -0.02 \
        L 0.27 -0.02 L 0.27 0.22 Z";
    c.fill(&Shape::drawn(HOUSE, 0.04, 0.02, (1.0, 1.0)), p.near);
    for (x, y, w, h) in [
        (-0.03, -0.23, 0.035, 0.07),
        (-0.14, -0.0, 0.04, 0.07),
        (0.02, 0.0, 0.04, 0.07),
        (0.16, 0.06, 0.05, 0.06),
        (-0.14, 0.13, 0.04, 0.06),
    ] {
        if r.percent(75) {
            c.glow(x + w / 2.0, y + h / 2.0, 0.10, fade(p.accent, 0.5));
            c.fill(&Shape::rect(x, y, w, h), Ink::Down(y, p.light, y + h, p.accent));
            c.fill(
                &Shape::rect(x + w * 0.45, y, w * 0.1, h).and(Shape::rect(x, y + h * 0.45, w, h * 0.07)),
                p.near,
            );
        }
    }
    bare_tree(c, r, (-0.34, 0.44), 0.46, p.near);
    bare_tree(c, r, (0.42, 0.46), 0.36, p.near);
    let (left, _, right, _) = c.edges();
    let mut x = left;
    while x < right {
        c.fill(
            &Shape::polygon(&[(x, 0.50), (x + 0.008, 0.485), (x + 0.016, 0.50), (x + 0.016, 0.7), (x, 0.7)]),
            p.near,
        );
        x += 0.045;
    }
    ground(c, 0.62, p.near);
}

pub(super) fn carnival(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 70, p.light, 0.1);
    let (x, y, radius) = (0.02, -0.10, 0.36);
    c.glow(x, y, 0.75, fade(p.accent, 0.35));
    for spoke in 0..16 {
        let (sin, cos) = (spoke as f32 / 16.0 * std::f32::consts::TAU + 0.1).sin_cos();
        c.stroke(&Shape::line(&[(x, y), (x + cos * radius, y + sin * radius)]), fade(p.light, 0.5), 0.004);
        c.fill(
            &Shape::circle(x + cos * radius, y + sin * radius + 0.02, 0.024),
            if spoke % 2 == 0 { p.accent } else { p.low },
        );
        c.fill(&Shape::circle(x + cos * radius * 0.72, y + sin * radius * 0.72, 0.007), p.light);
    }
    c.stroke(&Shape::circle(x, y, radius), p.light, 0.008);
    c.stroke(&Shape::circle(x, y, radius * 0.72), fade(p.light, 0.5), 0.004);
    c.stroke(&Shape::line(&[(x - 0.2, 0.42), (x, y), (x + 0.2, 0.42)]), p.near, 0.022);
    for (tent, size) in [(-0.36, 0.20), (0.38, 0.23), (-0.62, 0.2), (0.72, 0.18)] {
        let dome = [
            (tent - size, 0.40),
            (tent - size * 0.86, 0.26),
            (tent, 0.40 - size * 1.5),
            (tent + size * 0.86, 0.26),
            (tent + size, 0.40),
        ];
        c.fill(&Shape::polygon(&dome), mix(p.far, p.near, 0.65));
        c.fill(
            &Shape::polygon(&[
                (tent - size * 0.3, 0.27),
                (tent, 0.40 - size * 1.5),
                (tent + size * 0.3, 0.27),
            ]),
            fade(p.accent, 0.5),
        );
    }
    super::super::elements::water(c, r, 0.40, 0.02, p);
    person(c, -0.04, 0.60, 0.30, false, p.near);
}

pub(super) fn beyond(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 260, p.light, 0.9);
    rays(c, 0.0, -0.05, 14, r.unit(), fade(p.low, 0.10));
    c.glow(0.0, -0.05, 0.75, fade(p.low, 0.6));
    let (_, _, _, bottom) = c.edges();
    c.fill(
        &Shape::polygon(&[(-0.11, 0.24), (0.11, 0.24), (0.62, bottom), (-0.62, bottom)]),
        Ink::Down(0.24, fade(p.light, 0.9), bottom - 0.1, fade(p.low, 0.0)),
    );
    c.fill(&Shape::rect(-0.135, -0.36, 0.27, 0.61), p.near);
    c.fill(&Shape::rect(-0.11, -0.335, 0.22, 0.575), Ink::Down(-0.33, p.light, 0.24, p.low));
    c.fill(&Shape::polygon(&[(0.11, -0.335), (0.24, -0.41), (0.24, 0.33), (0.11, 0.24)]), p.near);
    person(c, -0.02, 0.30, 0.36, r.percent(60), p.near);
}

pub(super) fn forest(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    moon(c, 0.08, -0.22, 0.15, p.light);
    for layer in 0..4 {
        let depth = layer as f32 / 3.0;
        let colour = mix(mix(p.middle, p.low, 0.2), p.near, 0.25 + depth * 0.75);
        pines(c, r, 0.20 + depth * 0.22, 0.30 + depth * 0.30, colour);
        mist(c, r, 0.24 + depth * 0.2, fade(p.low, 0.12 * (1.0 - depth)));
    }
    let (_, _, _, bottom) = c.edges();
    let path = "M -0.03 0.34 C 0.06 0.40 -0.10 0.46 0.0 0.55 C 0.1 0.66 -0.2 0.8 -0.1 1.2 L 0.5 1.2 C 0.4 0.8 0.25 0.66 0.12 0.54 C 0.03 0.46 0.1 0.40 0.0 0.34 Z";
    c.fill(
        &Shape::drawn(path, 0.0, 0.0, (1.0, 1.0)),
        Ink::Down(0.34, fade(p.low, 0.7), bottom, fade(p.low, 0.1)),
    );
    person(c, 0.03, 0.52, 0.16, false, p.near);
    c.glow(0.075, 0.45, 0.16, fade(p.accent, 0.75));
    c.fill(&Shape::circle(0.075, 0.45, 0.010), p.light);
}
