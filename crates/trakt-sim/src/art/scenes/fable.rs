//! Scenes with fantastic creatures.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, dusk, ground, person, pine, ridge, ridges, stars};
use super::land::{cloud, sun};
use crate::catalogue::random::Random;

pub(super) fn spring(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    sun(c, p, 0.12, -0.14, 0.12);
    ridges(c, r, p, 0.10, 0.36, 0.7);
    const SPIRIT: &str = "M -0.10 0.42 L -0.06 0.10 C -0.13 0.02 -0.12 -0.10 -0.05 -0.17 L -0.13 -0.27 L -0.19 -0.28 L -0.12 -0.30 L -0.14 -0.38 L -0.09 -0.30 L -0.03 -0.20 L 0.03 -0.20 L 0.09 -0.30 \
        L 0.14 -0.38 L 0.12 -0.30 L 0.19 -0.28 L 0.13 -0.27 L 0.05 -0.17 C 0.12 -0.10 0.13 0.02 0.06 0.10 L 0.10 0.42 Z";
    c.fill(&Shape::drawn(SPIRIT, 0.15, 0.0, (1.05, 1.05)), mix(p.far, p.near, 0.3));
    c.fill(&Shape::circle(0.12, -0.05, 0.013).and(Shape::circle(0.185, -0.05, 0.013)), p.light);
    c.glow(0.15, -0.05, 0.12, fade(p.light, 0.4));
    ridge(c, r, 0.44, 0.08, 0.1, p.near);
    person(c, -0.20, 0.47, 0.18, false, p.near);
    c.fill(&Shape::drawn("M -0.04 0 L -0.045 -0.04 L 0.02 -0.045 L 0.03 -0.075 L 0.045 -0.055 L 0.06 -0.05 L 0.04 -0.035 L 0.035 0 L 0.025 0 L 0.02 -0.025 L -0.02 -0.02 L -0.03 0 Z", -0.10, 0.47, (1.1, 1.1)), p.near);
    for _ in 0..46 {
        let (x, y) = (between(r, -0.9, 0.9), between(r, 0.42, 0.62));
        c.fill(
            &Shape::circle(x, y, between(r, 0.003, 0.009)),
            if r.percent(50) { p.accent } else { p.light },
        );
    }
}

pub(super) fn island(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 60, p.light, -0.1);
    cloud(c, -0.42, -0.05, 0.09, mix(p.low, p.light, 0.5));
    cloud(c, 0.46, -0.22, 0.07, mix(p.low, p.light, 0.4));
    sun(c, p, -0.20, -0.26, 0.09);
    const ROCK: &str = "M -0.34 0.06 C -0.22 0.02 0.22 0.02 0.34 0.06 C 0.30 0.14 0.24 0.15 0.20 0.24 C 0.16 0.26 0.12 0.34 0.06 0.48 C 0.02 0.42 -0.02 0.40 -0.05 0.34 C -0.12 0.32 -0.13 0.24 -0.20 0.20 C -0.26 0.16 -0.31 0.12 -0.34 0.06 Z";
    c.fill(
        &Shape::drawn(ROCK, 0.02, 0.0, (1.0, 1.0)),
        Ink::Down(0.05, mix(p.far, p.near, 0.35), 0.48, p.near),
    );
    let turf = "M -0.35 0.06 C -0.20 -0.02 0.22 -0.03 0.35 0.06 C 0.28 0.10 0.24 0.07 0.18 0.11 C 0.10 0.07 0.04 0.12 -0.04 0.09 C -0.12 0.12 -0.20 0.07 -0.35 0.06 Z";
    c.fill(&Shape::drawn(turf, 0.02, 0.0, (1.0, 1.0)), mix(p.second, p.near, 0.25));
    c.stroke(
        &Shape::drawn("M 0 0 C 0.02 -0.10 -0.03 -0.16 0.01 -0.25", 0.12, 0.04, (1.0, 1.0)),
        p.near,
        0.022,
    );
    for (dx, dy, radius) in
        [(0.0, -0.28, 0.10), (-0.09, -0.22, 0.075), (0.09, -0.21, 0.08), (0.02, -0.18, 0.07)]
    {
        c.fill(&Shape::circle(0.13 + dx, 0.04 + dy, radius), p.accent);
        c.fill(&Shape::circle(0.11 + dx, 0.02 + dy, radius * 0.6), fade(p.light, 0.14));
    }
    sheep(c, p, -0.12, 0.015);
    for (x, y, size) in [(-0.40, 0.30, 0.05), (0.42, 0.22, 0.07), (0.30, 0.44, 0.04)] {
        c.fill(&Shape::drawn(ROCK, x, y, (size * 3.0, size * 3.0)), mix(p.far, p.near, 0.5));
    }
    let (left, _, right, bottom) = c.edges();
    for _ in 0..14 {
        c.glow(
            between(r, left, right),
            bottom - between(r, -0.05, 0.25),
            between(r, 0.2, 0.4),
            fade(p.light, 0.22),
        );
    }
}

fn sheep(c: &mut Canvas, p: &Palette, x: f32, foot: f32) {
    for leg in [-0.03, -0.015, 0.02, 0.035] {
        c.stroke(&Shape::line(&[(x + leg, foot + 0.015), (x + leg, foot - 0.03)]), p.near, 0.007);
    }
    for (dx, dy, radius) in
        [(-0.03, -0.055, 0.032), (0.0, -0.07, 0.036), (0.03, -0.055, 0.032), (0.0, -0.045, 0.034)]
    {
        c.fill(&Shape::circle(x + dx, foot + dy, radius), p.light);
    }
    c.fill(
        &Shape::drawn(
            "M 0 0 C 0.03 -0.03 0.06 0.0 0.05 0.035 C 0.03 0.05 0.005 0.035 0 0 Z",
            x + 0.045,
            foot - 0.085,
            (1.0, 1.0),
        ),
        p.near,
    );
}

pub(super) fn dragon(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 60, p.light, -0.1);
    sun(c, p, 0.05, -0.16, 0.17);
    const DRAGON: &str = "M 0.44 -0.11 C 0.40 -0.15 0.35 -0.155 0.31 -0.13 C 0.24 -0.10 0.18 -0.10 0.13 -0.12 C 0.13 -0.27 0.06 -0.41 -0.10 -0.48 C -0.05 -0.41 -0.05 -0.36 -0.06 -0.31 C -0.10 -0.34 -0.15 -0.34 -0.19 -0.32 \
        C -0.14 -0.28 -0.12 -0.24 -0.12 -0.19 C -0.17 -0.21 -0.22 -0.19 -0.25 -0.16 C -0.18 -0.14 -0.12 -0.10 -0.08 -0.05 C -0.20 0.0 -0.30 0.06 -0.46 0.02 L -0.43 0.05 L -0.50 0.07 L -0.41 0.08 C -0.25 0.12 -0.10 0.08 0.02 0.0 \
        L 0.0 0.07 L 0.05 0.03 L 0.08 0.06 L 0.10 -0.01 C 0.20 -0.03 0.26 -0.05 0.31 -0.08 L 0.37 -0.06 L 0.36 -0.08 Z";
    c.fill(&Shape::drawn(DRAGON, 0.0, -0.10, (0.95, 0.95)), p.near);
    ridges(c, r, p, 0.16, 0.46, 1.0);
    for (x, size) in [(-0.42, 0.18), (0.44, 0.22), (0.36, 0.13), (0.8, 0.2), (-0.9, 0.2)] {
        pine(c, x, 0.56, size, p.near);
    }
    person(c, -0.16, 0.53, 0.19, false, p.near);
    c.stroke(&Shape::line(&[(-0.105, 0.54), (-0.115, 0.31)]), p.near, 0.006);
    ground(c, 0.53, p.near);
}

pub(super) fn llama(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    cloud(c, -0.30, -0.26, 0.10, mix(p.low, p.light, 0.8));
    cloud(c, 0.48, -0.36, 0.08, mix(p.low, p.light, 0.7));
    ridges(c, r, p, 0.06, 0.40, 0.9);
    ridge(c, r, 0.44, 0.05, 0.0, mix(p.second, p.near, 0.2));
    const LLAMA: &str = "M -0.20 0.44 L -0.19 0.22 C -0.24 0.18 -0.25 0.08 -0.22 0.02 L -0.27 0.06 C -0.28 0.0 -0.23 -0.04 -0.17 -0.04 C -0.08 -0.06 0.0 -0.04 0.07 -0.06 C 0.10 -0.14 0.10 -0.24 0.10 -0.34 C 0.09 -0.38 0.08 -0.42 0.09 -0.47 L 0.12 -0.42 L 0.145 -0.42 L 0.16 -0.48 \
        L 0.175 -0.42 C 0.21 -0.41 0.25 -0.37 0.265 -0.34 C 0.26 -0.31 0.22 -0.31 0.195 -0.315 C 0.19 -0.22 0.20 -0.10 0.19 0.0 C 0.19 0.10 0.17 0.18 0.15 0.22 L 0.16 0.44 L 0.115 0.44 L 0.10 0.26 L 0.075 0.26 L 0.075 0.44 L 0.03 0.44 L 0.03 0.24 C -0.03 0.26 -0.08 0.25 -0.11 0.24 \
        L -0.105 0.44 L -0.15 0.44 L -0.155 0.30 L -0.16 0.44 Z";
    c.fill(&Shape::drawn(LLAMA, 0.0, 0.06, (1.0, 1.0)), p.near);
    c.fill(&Shape::rect(0.095, -0.17, 0.10, 0.03), p.accent);
    c.fill(&Shape::circle(0.185, -0.315, 0.010), p.light);
    c.fill(&Shape::drawn("M -0.21 0.0 C -0.1 -0.05 -0.02 -0.03 0.04 -0.05 L 0.03 0.10 C -0.04 0.13 -0.12 0.12 -0.19 0.13 Z", 0.0, 0.07, (1.0, 1.0)), p.accent);
    let (left, _, right, bottom) = c.edges();
    ground(c, 0.50, Ink::Down(0.50, mix(p.second, p.near, 0.35), bottom, p.near));
    for wire in [0.30, 0.37, 0.44] {
        c.stroke(&Shape::line(&[(left, wire + 0.02), (right, wire - 0.01)]), fade(p.near, 0.8), 0.005);
    }
    let mut x = left + 0.1;
    while x < right {
        c.fill(&Shape::rect(x, 0.26, 0.026, 0.28), p.near);
        x += 0.34;
    }
}

pub(super) fn meadow(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    c.glow(0.30, -0.36, 0.5, p.light);
    c.fill(&Shape::circle(0.30, -0.36, 0.09), p.light);
    for (x, y, s) in [(-0.34, -0.34, 0.07), (0.10, -0.50, 0.05), (0.62, -0.2, 0.07), (-0.9, -0.3, 0.08)] {
        for (dx, dy, radius) in [(-1.0, 0.1, 0.5), (-0.4, -0.2, 0.7), (0.35, -0.15, 0.75), (1.0, 0.1, 0.5)] {
            c.fill(&Shape::circle(x + dx * s, y + dy * s, radius * s), fade(p.light, 0.9));
        }
    }
    ridge(c, r, 0.20, 0.12, 0.0, mix(p.far, p.low, 0.35));
    ridge(c, r, 0.29, 0.10, 0.0, p.far);
    ridge(c, r, 0.40, 0.08, 0.0, p.second);
    const RABBIT: &str = "M -0.20 0.46 C -0.27 0.40 -0.26 0.22 -0.15 0.14 C -0.20 0.06 -0.18 -0.04 -0.09 -0.08 C -0.16 -0.20 -0.17 -0.38 -0.10 -0.42 C -0.03 -0.40 -0.03 -0.22 -0.025 -0.11 L 0.025 -0.11 C 0.03 -0.22 0.04 -0.40 0.11 -0.42 \
        C 0.18 -0.38 0.16 -0.20 0.09 -0.08 C 0.18 -0.04 0.20 0.06 0.15 0.14 C 0.26 0.22 0.27 0.40 0.20 0.46 Z";
    c.fill(&Shape::drawn(RABBIT, 0.0, 0.02, (1.05, 1.05)), p.near);
    for side in [-1.0f32, 1.0] {
        c.fill(
            &Shape::drawn(
                "M 0.07 -0.12 C 0.05 -0.22 0.06 -0.34 0.10 -0.37 C 0.13 -0.33 0.12 -0.20 0.07 -0.12 Z",
                0.0,
                0.02,
                (side, 1.0),
            ),
            fade(p.accent, 0.75),
        );
        c.fill(&Shape::circle(side * 0.062, 0.025, 0.021), p.light);
        c.fill(&Shape::circle(side * 0.058, 0.028, 0.010), p.near);
    }
    c.fill(&Shape::drawn("M -0.022 0 L 0.022 0 L 0 0.022 Z", 0.0, 0.062, (1.0, 1.0)), p.accent);
    c.fill(&Shape::drawn("M -0.12 0.22 C -0.06 0.15 0.06 0.15 0.12 0.22 C 0.16 0.36 0.10 0.46 0.0 0.46 C -0.10 0.46 -0.16 0.36 -0.12 0.22 Z", 0.0, 0.04, (1.0, 1.0)), fade(p.light, 0.28));
    ridge(c, r, 0.50, 0.05, 0.0, mix(p.second, p.near, 0.5));
    flowers(c, p, r);
    for (x, y) in [(-0.28, -0.04), (0.27, 0.05)] {
        c.fill(&Shape::drawn("M 0 0 C -0.05 -0.07 -0.09 -0.02 -0.05 0.01 C -0.08 0.05 -0.03 0.07 0 0.01 C 0.03 0.07 0.08 0.05 0.05 0.01 C 0.09 -0.02 0.05 -0.07 0 0 Z", x, y, (1.0, 1.0)), p.accent);
    }
}

fn flowers(c: &mut Canvas, p: &Palette, r: &mut Random) {
    let (left, _, right, _) = c.edges();
    for _ in 0..34 {
        let (x, y, s) = (between(r, left, right), between(r, 0.48, 0.60), between(r, 0.008, 0.016));
        c.stroke(&Shape::line(&[(x, y), (x, y + 0.06)]), p.near, 0.004);
        let ink = if r.percent(50) { p.accent } else { p.light };
        for petal in 0..5 {
            let (sin, cos) = (petal as f32 / 5.0 * TAU).sin_cos();
            c.fill(&Shape::circle(x + cos * s, y + sin * s, s * 0.75), ink);
        }
        c.fill(&Shape::circle(x, y, s * 0.6), p.low);
    }
}

pub(super) fn mushrooms(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 40, p.light, 0.2);
    c.glow(0.0, 0.1, 0.8, fade(p.light, 0.6));
    let (left, top, right, _) = c.edges();
    let mut x = left;
    while x < right {
        let width = between(r, 0.03, 0.09);
        c.fill(&Shape::rect(x, top, width, 1.8), fade(mix(p.far, p.near, 0.4), between(r, 0.25, 0.6)));
        x += between(r, 0.12, 0.24);
    }
    ridge(c, r, 0.34, 0.08, 0.0, mix(p.second, p.near, 0.35));
    for (x, foot, s) in
        [(-0.60, 0.44, 0.5), (0.70, 0.46, 0.6), (-0.30, 0.40, 0.55), (0.33, 0.42, 0.62), (0.02, 0.50, 1.0)]
    {
        c.fill(
            &Shape::drawn(
                "M -0.07 0 C -0.05 -0.12 -0.06 -0.2 -0.06 -0.26 L 0.06 -0.26 C 0.06 -0.2 0.05 -0.12 0.07 0 Z",
                x,
                foot,
                (s, s),
            ),
            p.light,
        );
        c.fill(&Shape::drawn("M -0.25 -0.24 C -0.24 -0.46 -0.12 -0.56 0 -0.56 C 0.12 -0.56 0.24 -0.46 0.25 -0.24 C 0.12 -0.19 -0.12 -0.19 -0.25 -0.24 Z", x, foot, (s, s)), p.accent);
        for (dx, dy, radius) in
            [(-0.11, -0.37, 0.040), (0.03, -0.47, 0.032), (0.13, -0.33, 0.036), (-0.01, -0.33, 0.022)]
        {
            c.fill(&Shape::circle(x + dx * s, foot + dy * s, radius * s), p.light);
        }
        for side in [-1.0, 1.0] {
            c.fill(&Shape::circle(x + side * 0.026 * s, foot - 0.145 * s, 0.012 * s), p.near);
        }
        c.stroke(&Shape::drawn("M -0.02 0 Q 0 0.022 0.02 0", x, foot - 0.105 * s, (s, s)), p.near, 0.006 * s);
    }
    ridge(c, r, 0.52, 0.05, 0.1, p.near);
    for _ in 0..20 {
        let (x, y) = (between(r, -0.5, 0.5), between(r, -0.4, 0.4));
        c.glow(x, y, 0.03, fade(p.light, 0.8));
    }
}
