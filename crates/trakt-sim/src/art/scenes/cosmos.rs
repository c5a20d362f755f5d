//! Scenes of space.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, ground, night, person, rays, ridge, ridges, stars};
use crate::catalogue::random::Random;

fn space(c: &mut Canvas, p: &Palette, r: &mut Random) {
    c.sky(&[(0.0, p.near), (0.45, p.top), (0.8, p.middle), (1.0, p.top)]);
    for _ in 0..5 {
        let hue = if r.percent(50) { p.low } else { p.accent };
        c.glow(between(r, -0.7, 0.7), between(r, -0.5, 0.5), between(r, 0.3, 0.7), fade(hue, 0.20));
    }
    stars(c, r, 320, p.light, 0.9);
}

fn planet(
    c: &mut Canvas,
    p: &Palette,
    (x, y, radius): (f32, f32, f32),
    colour: tiny_skia::Color,
    bands: usize,
) {
    c.glow(x, y, radius * 1.7, fade(colour, 0.45));
    let disc = Shape::circle(x, y, radius);
    c.fill(&disc, colour);
    c.clipped(&disc, |c| {
        for band in 0..bands {
            let top = y - radius + 2.0 * radius * (band as f32 + 0.3) / bands as f32;
            let tone = if band % 2 == 0 { mix(colour, p.light, 0.35) } else { mix(colour, p.near, 0.25) };
            let wave = Shape::drawn(
                "M -1.2 0 C -0.5 -0.12 0.4 0.12 1.2 -0.02 L 1.2 0.12 C 0.4 0.24 -0.5 0.02 -1.2 0.14 Z",
                x,
                top,
                (radius, radius),
            );
            c.fill(&wave, fade(tone, 0.6));
        }
        c.glow(x + radius * 0.75, y + radius * 0.75, radius * 1.7, fade(p.near, 0.95));
    });
}

pub(super) fn planets(c: &mut Canvas, p: &Palette, r: &mut Random) {
    space(c, p, r);
    let side = if r.percent(50) { 1.0 } else { -1.0 };
    let (x, y, radius) = (side * -0.06, -0.08, 0.30);
    let ring = |c: &mut Canvas, from: f32, to: f32| {
        for (scale, width, alpha) in [(1.55f32, 0.028, 0.85), (1.75, 0.012, 0.55), (1.92, 0.02, 0.35)] {
            let points: Vec<(f32, f32)> = (0..=48)
                .map(|step| {
                    let angle = from + (to - from) * step as f32 / 48.0;
                    let (sin, cos) = angle.sin_cos();
                    let (dx, dy) = (cos * radius * scale, sin * radius * scale * 0.24);
                    (x + dx, y + dy - side * dx * 0.30)
                })
                .collect();
            c.stroke(&Shape::line(&points), fade(p.low, alpha), width);
        }
    };
    ring(c, TAU / 2.0, TAU);
    planet(c, p, (x, y, radius), mix(p.accent, p.second, 0.3), 7);
    ring(c, 0.0, TAU / 2.0);
    planet(c, p, (side * 0.34, -0.40, 0.055), p.low, 0);
    planet(c, p, (side * -0.40, 0.30, 0.035), p.accent, 0);
    ridge(c, r, 0.52, 0.12, 0.8, mix(p.far, p.near, 0.6));
    ridge(c, r, 0.58, 0.08, 0.4, p.near);
    person(c, side * 0.16, 0.55, 0.12, false, p.near);
}

pub(super) fn moon_face(c: &mut Canvas, p: &Palette, r: &mut Random) {
    space(c, p, r);
    let (x, y, radius) = (0.0, -0.08, 0.36);
    c.glow(x, y, 0.85, fade(p.light, 0.45));
    c.fill(
        &Shape::circle(x, y, radius),
        Ink::Down(y - radius, p.light, y + radius, mix(p.light, p.low, 0.8)),
    );
    for _ in 0..22 {
        let (angle, distance) = (r.unit() * TAU, between(r, 0.55, 0.95));
        let (sin, cos) = angle.sin_cos();
        let size = between(r, 0.012, 0.038) * (1.25 - distance);
        c.fill(
            &Shape::circle(x + cos * distance * radius, y + sin * distance * radius, size * 1.5),
            fade(p.far, 0.25),
        );
    }
    // The face, with the capsule in its eye.
    for (ex, blink) in [(-0.12, false), (0.13, true)] {
        c.fill(
            &Shape::drawn(
                "M -0.075 0 C -0.04 -0.055 0.04 -0.055 0.075 0 C 0.04 0.04 -0.04 0.04 -0.075 0 Z",
                x + ex,
                y - 0.05,
                (1.0, 1.0),
            ),
            if blink { p.far } else { p.near },
        );
        c.stroke(
            &Shape::drawn("M -0.085 -0.05 Q 0 -0.12 0.085 -0.06", x + ex, y - 0.05, (1.0, 1.0)),
            p.far,
            0.014,
        );
    }
    c.fill(&Shape::circle(x - 0.115, y - 0.052, 0.020), p.light);
    c.stroke(
        &Shape::drawn(
            "M 0.0 -0.04 C -0.03 0.04 -0.06 0.08 -0.03 0.10 Q 0.0 0.12 0.04 0.10",
            x,
            y,
            (1.0, 1.0),
        ),
        p.far,
        0.013,
    );
    c.stroke(&Shape::drawn("M -0.14 0.17 Q -0.02 0.26 0.14 0.15", x, y, (1.0, 1.0)), p.far, 0.018);
    c.stroke(&Shape::drawn("M -0.06 0.245 Q 0.0 0.27 0.06 0.24", x, y, (1.0, 1.0)), fade(p.far, 0.6), 0.010);
    const SHELL: &str = "M 0 0 C 0.03 -0.06 0.10 -0.13 0.20 -0.17 L 0.245 -0.06 C 0.15 -0.01 0.06 0.01 0 0 Z";
    c.fill(&Shape::drawn(SHELL, x + 0.11, y - 0.04, (1.15, 1.15)), p.near);
    c.stroke(
        &Shape::drawn(
            "M 0.10 -0.105 L 0.135 -0.015 M 0.16 -0.145 L 0.20 -0.045",
            x + 0.11,
            y - 0.04,
            (1.15, 1.15),
        ),
        p.accent,
        0.009,
    );
    c.stroke(
        &Shape::drawn(
            "M 0.07 0.03 Q 0.06 0.09 0.075 0.13 M 0.10 0.02 Q 0.10 0.07 0.115 0.09",
            x + 0.04,
            y - 0.02,
            (1.0, 1.0),
        ),
        p.accent,
        0.008,
    );
    for _ in 0..6 {
        let (sx, sy, s) = (between(r, -0.46, 0.46), between(r, -0.55, 0.5), between(r, 0.010, 0.022));
        if (sx * sx + (sy + 0.08) * (sy + 0.08)).sqrt() > 0.42 {
            c.fill(
                &Shape::drawn(
                    "M 0 -1 Q 0.12 -0.12 1 0 Q 0.12 0.12 0 1 Q -0.12 0.12 -1 0 Q -0.12 -0.12 0 -1 Z",
                    sx,
                    sy,
                    (s, s),
                ),
                p.light,
            );
        }
    }
}

pub(super) fn rocket(c: &mut Canvas, p: &Palette, r: &mut Random) {
    space(c, p, r);
    rays(c, 0.14, -0.34, 16, r.unit(), fade(p.light, 0.05));
    planet(c, p, (-0.24, 0.12, 0.30), mix(p.second, p.accent, 0.35), 6);
    let trail = "M 0 0 C -0.06 0.20 -0.22 0.42 -0.70 0.78 L -0.52 0.90 C -0.10 0.56 0.04 0.28 0.08 0.02 Z";
    c.fill(
        &Shape::drawn(trail, 0.05, -0.10, (1.0, 1.0)),
        Ink::Down(-0.1, p.light, 0.65, fade(p.accent, 0.0)),
    );
    c.glow(0.07, -0.08, 0.22, fade(p.light, 0.9));
    const ROCKET: &str =
        "M 0.26 -0.40 C 0.14 -0.38 0.02 -0.26 -0.03 -0.12 L 0.08 -0.045 C 0.20 -0.13 0.28 -0.27 0.26 -0.40 Z";
    c.fill(&Shape::drawn("M 0.02 -0.24 C -0.08 -0.22 -0.13 -0.14 -0.12 -0.05 L -0.02 -0.13 Z M 0.16 -0.14 C 0.17 -0.05 0.11 0.03 0.02 0.06 L 0.07 -0.06 Z", 0.05, -0.02, (1.15, 1.15)), p.accent);
    c.fill(&Shape::drawn(ROCKET, 0.05, -0.02, (1.15, 1.15)), p.light);
    c.fill(&Shape::drawn("M 0.26 -0.40 C 0.28 -0.27 0.20 -0.13 0.08 -0.045 L 0.03 -0.08 C 0.14 -0.16 0.22 -0.28 0.26 -0.40 Z", 0.05, -0.02, (1.15, 1.15)), fade(p.far, 0.55));
    c.fill(&Shape::circle(0.22, -0.30, 0.034), p.near);
    c.fill(&Shape::circle(0.215, -0.305, 0.022), p.second);
    ridge(c, r, 0.56, 0.14, 1.0, mix(p.far, p.near, 0.6));
    ridge(c, r, 0.64, 0.08, 0.6, p.near);
}

pub(super) fn crash(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    stars(c, r, 240, p.light, 0.2);
    let trail = "M 0.62 -0.80 L 0.70 -0.74 L 0.0 0.10 L -0.02 0.08 Z";
    c.fill(&Shape::drawn(trail, -0.06, 0.02, (1.0, 1.0)), Ink::Down(-0.7, fade(p.light, 0.0), 0.1, p.light));
    ridges(c, r, p, 0.16, 0.34, 0.6);
    c.glow(-0.08, 0.14, 0.62, fade(p.accent, 0.75));
    c.glow(-0.08, 0.14, 0.22, fade(p.light, 0.95));
    for spark in 0..26 {
        let angle = -between(r, 0.1, 3.0);
        let (distance, size) = (between(r, 0.08, 0.40), between(r, 0.002, 0.006));
        c.fill(
            &Shape::circle(-0.08 + angle.cos() * distance, 0.16 + angle.sin() * distance * 0.7, size),
            if spark % 2 == 0 { p.light } else { p.accent },
        );
    }
    ridge(c, r, 0.38, 0.08, 0.2, mix(p.far, p.near, 0.6));
    const POD: &str = "M -0.11 0.05 L -0.07 -0.08 C -0.04 -0.13 0.04 -0.13 0.07 -0.08 L 0.11 0.05 C 0.05 0.09 -0.05 0.09 -0.11 0.05 Z";
    c.fill(&Shape::drawn(POD, -0.08, 0.30, (1.0, 1.0)), p.near);
    c.fill(&Shape::circle(-0.08, 0.25, 0.024), p.accent);
    let (_, _, _, bottom) = c.edges();
    ground(c, 0.40, Ink::Down(0.40, mix(p.far, p.near, 0.75), bottom, p.near));
    for (x, height) in [(0.20, 0.17), (0.28, 0.18), (-0.34, 0.18)] {
        person(c, x, 0.50, height, false, p.near);
    }
}
