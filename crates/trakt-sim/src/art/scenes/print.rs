//! Flat colours on paper: posters that look printed, and the portrait, which is drawn in the same way.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, rays};
use crate::catalogue::random::Random;

/// Draws the background of all prints.
pub(super) fn paper(c: &mut Canvas, p: &Palette) {
    c.sky(&[(0.0, p.top), (1.0, p.low)]);
}

/// Returns the colours of a print, independent of the mood's palette.
pub(super) fn inks(p: &Palette) -> [tiny_skia::Color; 4] {
    [p.accent, p.near, p.second, p.far]
}

pub(super) fn newsroom(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    let (left, top, right, _) = c.edges();
    rays(c, 0.0, -0.06, 16, 0.3, fade(p.accent, 0.9));
    for sheet in 0..9 {
        let (x, y, s) = (between(r, -0.46, 0.46), between(r, top * 0.9, 0.36), between(r, 0.10, 0.16));
        let tilt = between(r, -0.3, 0.3);
        let page = [
            (x, y),
            (x + s, y + s * tilt),
            (x + s - s * tilt * 1.3, y + s * 1.3 + s * tilt),
            (x - s * tilt * 1.3, y + s * 1.3),
        ];
        c.fill(&Shape::polygon(&page), if sheet % 3 == 0 { p.light } else { p.top });
        for line in 1..6 {
            let t = line as f32 / 6.5;
            let at = |u: f32| (x + s * u - s * tilt * 1.3 * t, y + s * tilt * u + s * 1.3 * t);
            c.stroke(
                &Shape::line(&[at(0.12), at(if line % 2 == 0 { 0.86 } else { 0.7 })]),
                p.near,
                if line == 1 { 0.014 } else { 0.004 },
            );
        }
    }
    // The typewriter is the main subject.
    c.fill(&Shape::rect(-0.17, -0.40, 0.34, 0.46), p.light);
    for line in 0..7 {
        let width = if line == 0 { 0.26 } else { between(r, 0.16, 0.27) };
        c.fill(
            &Shape::rect(-0.13, -0.35 + 0.052 * line as f32, width, if line == 0 { 0.028 } else { 0.010 }),
            p.near,
        );
    }
    c.fill(
        &Shape::rect(-0.33, -0.005, 0.66, 0.062)
            .and(Shape::rect(-0.37, 0.005, 0.05, 0.042))
            .and(Shape::rect(0.32, 0.005, 0.05, 0.042)),
        p.near,
    );
    c.fill(
        &Shape::drawn(
            "M -0.27 0.05 L 0.27 0.05 L 0.31 0.20 L 0.38 0.42 L -0.38 0.42 L -0.31 0.20 Z",
            0.0,
            0.0,
            (1.0, 1.0),
        ),
        p.near,
    );
    c.fill(
        &Shape::drawn("M -0.20 0.085 L 0.20 0.085 L 0.22 0.17 L -0.22 0.17 Z", 0.0, 0.0, (1.0, 1.0)),
        p.second,
    );
    for row in 0..3 {
        let (y, half) = (0.235 + 0.062 * row as f32, 0.245 + 0.022 * row as f32);
        for key in 0..9 {
            let x = -half + 2.0 * half * (key as f32 + 0.25 * row as f32) / 8.6;
            c.fill(&Shape::circle(x, y, 0.0205), if (key + row) % 7 == 3 { p.accent } else { p.light });
        }
    }
    c.fill(&Shape::rect(left, 0.42, right - left, 0.02), p.near);
}

pub(super) fn projector(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    let (left, top, right, _) = c.edges();
    c.fill(&Shape::rect(left, top, right - left, 0.42 - top), p.near);
    c.fill(
        &Shape::polygon(&[(0.03, 0.05), (right + 0.1, -0.50), (right + 0.1, 0.30), (0.03, 0.12)]),
        p.accent,
    );
    c.fill(
        &Shape::polygon(&[(0.03, 0.06), (right + 0.1, -0.34), (right + 0.1, 0.14), (0.03, 0.11)]),
        fade(p.light, 0.85),
    );
    for (x, y, radius) in [(-0.30, -0.22, 0.15), (0.0 - 0.06, -0.27, 0.13)] {
        c.fill(&Shape::circle(x, y, radius), p.light);
        c.fill(&Shape::circle(x, y, radius * 0.86), p.second);
        let turn = r.unit();
        for hole in 0..5 {
            let (sin, cos) = ((hole as f32 + turn) / 5.0 * TAU).sin_cos();
            c.fill(&Shape::circle(x + cos * radius * 0.52, y + sin * radius * 0.52, radius * 0.19), p.near);
        }
        c.fill(&Shape::circle(x, y, radius * 0.14), p.light);
    }
    c.fill(&Shape::drawn("M -0.40 -0.06 L -0.02 -0.06 L -0.02 0.18 L -0.40 0.18 Z M -0.02 0.03 L 0.06 0.0 L 0.06 0.17 L -0.02 0.14 Z", 0.0, 0.0, (1.0, 1.0)), p.light);
    c.fill(&Shape::drawn("M -0.34 0.18 L -0.28 0.18 L -0.36 0.42 L -0.42 0.42 Z M -0.14 0.18 L -0.08 0.18 L 0.0 0.42 L -0.06 0.42 Z", 0.0, 0.0, (1.0, 1.0)), p.light);
    c.fill(&Shape::circle(-0.30, 0.06, 0.055), p.accent);
    c.fill(
        &Shape::rect(-0.19, 0.0, 0.10, 0.022)
            .and(Shape::rect(-0.19, 0.05, 0.10, 0.022))
            .and(Shape::rect(-0.19, 0.10, 0.10, 0.022)),
        p.near,
    );
    let mut x = left;
    while x < right {
        c.fill(&Shape::rect(x, 0.385, 0.035, 0.022), p.light);
        x += 0.07;
    }
}

pub(super) fn agent(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    for ring in (0..7).rev() {
        let ink = if ring % 2 == 0 { p.near } else { p.top };
        c.fill(
            &Shape::circle(0.02, -0.06, 0.085 + ring as f32 * 0.075),
            if ring == 6 { p.accent } else { ink },
        );
    }
    const MAN: &str = "M -0.36 0.42 C -0.34 0.22 -0.20 0.17 -0.08 0.14 L -0.075 0.07 C -0.13 0.02 -0.14 -0.05 -0.13 -0.12 L -0.24 -0.125 C -0.18 -0.17 -0.15 -0.18 -0.13 -0.185 C -0.12 -0.29 -0.08 -0.33 0.0 -0.30 C 0.08 -0.33 0.12 -0.29 0.13 -0.185 C 0.15 -0.18 0.18 -0.17 0.24 -0.125 L 0.13 -0.12 C 0.14 -0.05 0.13 0.02 0.075 0.07 L 0.08 0.14 C 0.20 0.17 0.34 0.22 0.36 0.42 Z";
    c.fill(&Shape::drawn(MAN, 0.02, 0.0, (1.1, 1.0)), p.accent);
    c.fill(
        &Shape::drawn(
            "M -0.09 0.14 L 0.0 0.32 L 0.09 0.14 L 0.06 0.42 L -0.06 0.42 Z",
            0.02,
            0.0,
            (1.1, 1.0),
        ),
        p.light,
    );
    c.fill(
        &Shape::polygon(&[(0.0, 0.19), (0.04, 0.19), (0.055, 0.36), (0.02, 0.41), (-0.015, 0.36)]),
        p.near,
    );
    c.fill(&Shape::rect(-0.125, -0.085, 0.29, 0.022), p.near);
    c.fill(&Shape::rect(-0.105, -0.075, 0.11, 0.05).and(Shape::rect(0.04, -0.075, 0.11, 0.05)), p.near);
    let (left, _, right, _) = c.edges();
    c.fill(&Shape::rect(left, 0.42, right - left, 0.016), p.near);
    let stripe = between(r, 0.0, 0.04);
    let mut x = left;
    while x < right {
        c.fill(
            &Shape::polygon(&[(x, 0.47), (x + 0.05, 0.438), (x + 0.08, 0.438), (x + 0.03, 0.47)]),
            p.accent,
        );
        x += 0.08 + stripe;
    }
}

pub(super) fn coffee(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    c.fill(&Shape::circle(0.0, -0.04, 0.40), p.accent);
    let turn = r.unit() * TAU;
    for puff in 0..3 {
        let x = -0.12 + puff as f32 * 0.12;
        let steam = "M 0 0 C -0.08 -0.08 0.08 -0.14 0 -0.24 C -0.06 -0.32 0.06 -0.36 0.01 -0.44";
        c.stroke(
            &Shape::drawn(steam, x, -0.06, (if (turn + puff as f32).sin() > 0.0 { 1.0 } else { -1.0 }, 0.85)),
            p.light,
            0.024,
        );
    }
    c.stroke(&Shape::circle(0.23, 0.13, 0.085), p.near, 0.036);
    c.fill(&Shape::drawn("M -0.24 0.0 L 0.24 0.0 C 0.24 0.18 0.18 0.30 0.10 0.34 L -0.10 0.34 C -0.18 0.30 -0.24 0.18 -0.24 0.0 Z", 0.0, 0.0, (1.0, 1.0)), p.near);
    c.fill(
        &Shape::drawn(
            "M -0.24 0.0 C -0.20 -0.05 0.20 -0.05 0.24 0.0 C 0.20 0.04 -0.20 0.04 -0.24 0.0 Z",
            0.0,
            0.0,
            (1.0, 1.0),
        ),
        p.second,
    );
    c.fill(
        &Shape::drawn("M -0.36 0.35 L 0.36 0.35 C 0.30 0.41 -0.30 0.41 -0.36 0.35 Z", 0.0, 0.0, (1.0, 1.0)),
        p.second,
    );
    c.fill(&Shape::drawn("M 0 0.04 C -0.05 -0.03 -0.12 0.02 -0.09 0.08 C -0.07 0.13 -0.02 0.15 0 0.18 C 0.02 0.15 0.07 0.13 0.09 0.08 C 0.12 0.02 0.05 -0.03 0 0.04 Z", 0.0, 0.09, (1.0, 1.0)), p.accent);
}

pub(super) fn portrait(c: &mut Canvas, p: &Palette, r: &mut Random) {
    c.sky(&[(0.0, p.middle), (1.0, p.top)]);
    c.fill(&Shape::circle(0.0, 0.0, 0.42), p.low);
    let skin = mix(p.light, p.accent, between(r, 0.15, 0.5));
    c.fill(&Shape::drawn("M -0.42 0.9 C -0.42 0.50 -0.26 0.40 -0.10 0.36 L 0.10 0.36 C 0.26 0.40 0.42 0.50 0.42 0.9 L 0.42 1.4 L -0.42 1.4 Z", 0.0, 0.0, (1.0, 1.0)), p.near);
    c.fill(&Shape::rect(-0.085, 0.14, 0.17, 0.26), mix(skin, p.near, 0.2));
    let hair = mix(p.near, p.accent, between(r, 0.0, 0.5));
    if r.percent(50) {
        c.fill(
            &Shape::drawn(
                "M -0.25 0.34 C -0.30 -0.10 -0.22 -0.34 0 -0.34 C 0.22 -0.34 0.30 -0.10 0.25 0.34 Z",
                0.0,
                0.0,
                (1.0, 1.0),
            ),
            hair,
        );
    }
    c.fill(&Shape::drawn("M -0.18 -0.06 C -0.18 -0.26 0.18 -0.26 0.18 -0.06 C 0.18 0.12 0.10 0.25 0 0.25 C -0.10 0.25 -0.18 0.12 -0.18 -0.06 Z", 0.0, 0.0, (1.0, 1.0)), skin);
    c.fill(&Shape::drawn("M -0.20 0.0 C -0.24 -0.26 -0.10 -0.34 0.02 -0.33 C 0.18 -0.33 0.24 -0.20 0.20 0.0 C 0.18 -0.12 0.10 -0.16 0.0 -0.15 C -0.10 -0.14 -0.17 -0.10 -0.20 0.0 Z", 0.0, 0.0, (1.0, 1.0)), hair);
}
