//! Street scenes under a city's sky.

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, dusk, ground, moon, night, person, skyline, stars, water};
use crate::catalogue::random::Random;

pub(super) fn noir(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    c.glow(0.0, 0.3, 1.1, fade(p.low, 0.55));
    skyline(c, r, 0.42, (0.35, 0.72), mix(p.middle, p.far, 0.5), None);
    skyline(c, r, 0.46, (0.22, 0.55), mix(p.far, p.near, 0.4), Some(p.low));
    skyline(c, r, 0.50, (0.08, 0.30), mix(p.far, p.near, 0.85), Some(p.accent));
    let (left, _, right, bottom) = c.edges();
    ground(c, 0.42, Ink::Down(0.42, mix(p.far, p.near, 0.6), bottom, p.near));
    let cone = [(-0.015, -0.12), (0.015, -0.12), (0.26, 0.60), (-0.26, 0.60)];
    c.fill(&Shape::polygon(&cone), Ink::Down(-0.12, fade(p.light, 0.55), 0.6, fade(p.low, 0.03)));
    c.fill(
        &Shape::drawn(
            "M -0.25 0 C -0.25 -0.05 0.25 -0.05 0.25 0 C 0.25 0.05 -0.25 0.05 -0.25 0 Z",
            0.0,
            0.575,
            (1.0, 1.0),
        ),
        fade(p.low, 0.30),
    );
    c.stroke(
        &Shape::drawn("M 0.24 0.60 L 0.24 -0.10 Q 0.23 -0.18 0.10 -0.165 L 0.0 -0.14", 0.0, 0.0, (1.0, 1.0)),
        p.near,
        0.012,
    );
    person(c, 0.0, 0.585, 0.44, true, p.near);
    rain(c, r, (left, right), fade(p.light, 0.16));
}

fn rain(c: &mut Canvas, r: &mut Random, (left, right): (f32, f32), colour: tiny_skia::Color) {
    let (_, top, _, bottom) = c.edges();
    for _ in 0..150 {
        let (x, y, length) = (between(r, left, right), between(r, top, bottom), between(r, 0.02, 0.06));
        c.stroke(&Shape::line(&[(x, y), (x - length * 0.25, y + length)]), colour, 0.0018);
    }
}

pub(super) fn street(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    c.glow(0.0, 0.12, 0.7, fade(p.light, 0.8));
    let (left, top, right, bottom) = c.edges();
    // Two rows of houses lead towards the light.
    for (index, depth) in [0.0f32, 0.34, 0.62, 0.82].into_iter().enumerate().rev() {
        let inset = 0.44 * depth;
        let (roof, foot) = (-0.62 + 0.50 * depth, 0.62 - 0.42 * depth);
        let wall = mix(p.near, p.low, depth * 0.62);
        for side in [-1.0f32, 1.0] {
            let edge = if side < 0.0 { left.min(-0.5) } else { right.max(0.5) } - side * inset * 1.0;
            let inner = side * (0.50 - inset);
            let outer = if index == 0 { edge } else { side * 2.0 };
            let gable = between(r, 0.02, 0.10);
            c.fill(
                &Shape::polygon(&[
                    (outer, roof - 0.1),
                    (inner + side * 0.16, roof - gable),
                    (inner, roof + 0.05),
                    (inner, foot),
                    (outer, foot + 0.3),
                ]),
                wall,
            );
            for row in 0..5 {
                for column in 0..3 {
                    let (x, y) =
                        (inner + side * (0.035 + 0.075 * column as f32), roof + 0.13 + 0.13 * row as f32);
                    if y < foot - 0.12 && r.percent(45) {
                        c.fill(&Shape::rect(x - 0.014, y, 0.028, 0.05), fade(p.low, 0.25 + 0.6 * r.unit()));
                    }
                }
            }
        }
    }
    ground(c, 0.30, Ink::Down(0.30, mix(p.low, p.far, 0.6), bottom, p.near));
    for stone in 0..60 {
        let depth = stone as f32 / 60.0;
        let y = 0.31 + depth * depth * (bottom - 0.3);
        c.stroke(
            &Shape::line(&[(-0.07 - depth * 0.8, y), (0.07 + depth * 0.8, y)]),
            fade(p.light, 0.07),
            0.003,
        );
    }
    c.fill(
        &Shape::polygon(&[(-0.03, 0.30), (0.05, 0.30), (0.30, bottom), (-0.16, bottom)]),
        Ink::Down(0.3, fade(p.light, 0.5), bottom, fade(p.light, 0.0)),
    );
    person(c, -0.06, 0.45, 0.36, true, p.near);
    person(c, 0.07, 0.45, 0.21, false, p.near);
    c.glow(0.0, top, 0.6, fade(p.top, 0.3));
}

pub(super) fn crooked_street(c: &mut Canvas, p: &Palette, r: &mut Random) {
    c.sky(&[(0.0, p.middle), (0.5, p.low), (1.0, p.low)]);
    let (left, _, right, bottom) = c.edges();
    ground(c, 0.30, Ink::Down(0.3, p.far, bottom, p.near));
    c.fill(&Shape::circle(0.02, -0.34, 0.13), p.light);
    for (index, side) in [-1.0f32, 1.0, -1.0, 1.0, -1.0, 1.0].into_iter().enumerate() {
        let depth = 1.0 - (index / 2) as f32 / 2.0;
        let inner = side * (0.10 + 0.13 * (1.0 - depth));
        let lean = side * between(r, -0.10, 0.08);
        let wall = mix(p.near, mix(p.far, p.low, 0.45), depth * 0.9);
        let roof = -0.16 - 0.22 * (1.0 - depth);
        let house = [
            (side * 3.0, roof - 0.3),
            (inner + lean + side * 0.16, roof - 0.28),
            (inner + lean, roof),
            (inner, 0.34 + 0.16 * (1.0 - depth)),
            (side * 3.0, 0.9),
        ];
        c.fill(&Shape::polygon(&house), wall);
        for row in 0..4 {
            let y = roof + 0.10 + row as f32 * 0.14;
            let x = inner + lean * (1.0 - (row as f32 + 1.0) / 5.0) + side * 0.06;
            let pane = [
                (x, y),
                (x + side * 0.055, y - 0.03),
                (x + side * 0.062, y + 0.055),
                (x + side * 0.008, y + 0.07),
            ];
            if y < 0.28 {
                c.fill(&Shape::polygon(&pane), if r.percent(60) { p.accent } else { p.low });
                c.stroke(&Shape::line(&[pane[0], pane[2]]), wall, 0.006);
            }
        }
    }
    for stripe in 0..11 {
        let t = stripe as f32 / 11.0;
        let x = left + (right - left) * t;
        c.fill(
            &Shape::polygon(&[(0.0, 0.31), (x, bottom), (x + (right - left) / 22.0, bottom)]),
            fade(p.low, 0.28),
        );
    }
    person(c, 0.0, 0.48, 0.50, false, p.near);
    c.stroke(&Shape::line(&[(0.03, 0.12), (0.17, 0.03), (0.25, 0.07)]), p.near, 0.028);
}

pub(super) fn paris(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 50, p.light, -0.2);
    moon(c, -0.27, -0.35, 0.08, p.light);
    skyline(c, r, 0.40, (0.08, 0.19), mix(p.far, p.low, 0.3), None);
    const TOWER: &str = "M -0.008 -0.62 L 0.008 -0.62 C 0.016 -0.30 0.035 -0.10 0.075 0.08 C 0.10 0.20 0.14 0.32 0.20 0.42 L 0.135 0.42 \
        C 0.10 0.30 0.05 0.27 0.0 0.27 C -0.05 0.27 -0.10 0.30 -0.135 0.42 L -0.20 0.42 C -0.14 0.32 -0.10 0.20 -0.075 0.08 C -0.035 -0.10 -0.016 -0.30 -0.008 -0.62 Z";
    let tower = Shape::drawn(TOWER, 0.08, 0.06, (0.95, 0.84));
    c.fill(&tower, mix(p.far, p.near, 0.55));
    c.clipped(&tower, |c| {
        for step in 0..26 {
            let y = -0.5 + step as f32 * 0.036;
            for side in [-1.0, 1.0] {
                c.stroke(
                    &Shape::line(&[(0.08 - side * 0.2, y), (0.08 + side * 0.2, y + 0.10)]),
                    fade(p.low, 0.30),
                    0.004,
                );
            }
        }
    });
    for (y, half) in [(0.215, 0.118), (0.015, 0.060)] {
        c.fill(&Shape::rect(0.08 - half, y, half * 2.0, 0.016), p.near);
    }
    skyline(c, r, 0.46, (0.03, 0.11), mix(p.far, p.near, 0.7), Some(p.low));
    water(c, r, 0.45, 0.0, p);
    c.stroke(&Shape::drawn("M -0.95 0.58 Q -0.45 0.36 0.02 0.44", 0.0, 0.06, (1.0, 1.0)), p.near, 0.03);
    person(c, -0.20, 0.515, 0.22, true, p.near);
    person(c, -0.12, 0.512, 0.20, false, p.near);
    c.fill(
        &Shape::drawn("M -0.035 -0.10 L 0.035 -0.10 L 0.055 -0.02 L -0.055 -0.02 Z", -0.12, 0.47, (1.0, 1.0)),
        p.accent,
    );
}
