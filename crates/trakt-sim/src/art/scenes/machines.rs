//! Scenes with machines and future cities.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, dusk, ground, night, person, rays, skyline};
use crate::catalogue::random::Random;

pub(super) fn robot_city(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    rays(c, 0.0, -0.16, 24, 0.25, fade(p.low, 0.16));
    c.glow(0.0, -0.16, 0.8, fade(p.low, 0.7));
    for side in [-1.0f32, 1.0] {
        for (index, (x, top)) in [
            (0.24, -0.30),
            (0.36, -0.12),
            (0.50, -0.36),
            (0.66, -0.05),
            (0.85, -0.25),
            (1.1, -0.1),
            (1.35, -0.3),
        ]
        .into_iter()
        .enumerate()
        {
            let half = 0.065 + 0.012 * (index % 3) as f32;
            let wall = mix(p.far, p.near, 0.15 + 0.16 * (index % 4) as f32);
            let tower = [
                (side * x - half, 0.8),
                (side * x - half, top + 0.14),
                (side * x - half * 0.66, top + 0.14),
                (side * x - half * 0.66, top + 0.05),
                (side * x - half * 0.3, top + 0.05),
                (side * x, top - 0.08),
                (side * x + half * 0.3, top + 0.05),
                (side * x + half * 0.66, top + 0.05),
                (side * x + half * 0.66, top + 0.14),
                (side * x + half, top + 0.14),
                (side * x + half, 0.8),
            ];
            c.fill(&Shape::polygon(&tower), wall);
            for row in 0..14 {
                let y = top + 0.19 + row as f32 * 0.04;
                if r.percent(60) {
                    c.fill(&Shape::rect(side * x - half * 0.6, y, half * 1.2, 0.010), fade(p.low, 0.55));
                }
            }
        }
    }
    const HEAD: &str = "M -0.15 0.16 L -0.17 -0.10 C -0.17 -0.30 -0.10 -0.37 0.0 -0.37 C 0.10 -0.37 0.17 -0.30 0.17 -0.10 L 0.15 0.16 C 0.10 0.22 0.05 0.245 0.0 0.245 C -0.05 0.245 -0.10 0.22 -0.15 0.16 Z";
    const BODY: &str = "M -0.07 0.20 L 0.07 0.20 L 0.08 0.30 C 0.24 0.32 0.36 0.38 0.40 0.52 L 0.44 1.2 L -0.44 1.2 L -0.40 0.52 C -0.36 0.38 -0.24 0.32 -0.08 0.30 Z";
    c.fill(&Shape::drawn(BODY, 0.0, 0.0, (1.0, 1.0)), Ink::Down(0.2, mix(p.low, p.far, 0.55), 0.8, p.near));
    c.fill(
        &Shape::drawn(HEAD, 0.0, -0.02, (1.0, 1.0)),
        Ink::Down(-0.38, p.light, 0.25, mix(p.low, p.far, 0.4)),
    );
    c.fill(
        &Shape::drawn(
            "M 0 -0.37 C 0.10 -0.37 0.17 -0.30 0.17 -0.10 L 0.15 0.16 C 0.10 0.22 0.05 0.245 0.0 0.245 Z",
            0.0,
            -0.02,
            (1.0, 1.0),
        ),
        fade(p.near, 0.30),
    );
    for side in [-1.0f32, 1.0] {
        c.fill(
            &Shape::drawn("M 0.03 -0.06 L 0.125 -0.085 L 0.12 -0.035 L 0.04 -0.02 Z", 0.0, 0.0, (side, 1.0)),
            p.near,
        );
        c.glow(side * 0.078, -0.052, 0.06, fade(p.accent, 0.9));
        c.fill(
            &Shape::drawn("M 0.17 -0.14 L 0.225 -0.17 L 0.225 0.03 L 0.17 0.06 Z", 0.0, 0.0, (side, 1.0)),
            mix(p.low, p.near, 0.55),
        );
    }
    c.fill(&Shape::polygon(&[(0.0, -0.04), (0.025, 0.06), (-0.025, 0.06)]), fade(p.near, 0.55));
    c.fill(&Shape::rect(-0.06, 0.12, 0.12, 0.014), p.near);
    for ring in 0..4 {
        let y = 0.42 + ring as f32 * 0.075;
        c.stroke(
            &Shape::drawn("M -1 0 Q 0 0.36 1 0", 0.0, y, (0.24 + 0.04 * ring as f32, 0.2)),
            fade(p.light, 0.5),
            0.010,
        );
    }
    c.fill(
        &Shape::drawn("M -0.01 -0.40 L 0.01 -0.40 L 0.006 -0.56 L -0.006 -0.56 Z", 0.0, 0.0, (1.0, 1.0)),
        p.light,
    );
}

pub(super) fn mech(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    c.glow(0.0, 0.05, 0.9, fade(p.light, 0.5));
    skyline(c, r, 0.46, (0.18, 0.52), mix(p.far, p.low, 0.35), None);
    skyline(c, r, 0.50, (0.06, 0.28), mix(p.far, p.near, 0.35), Some(p.low));
    const MECH: &str = "M -0.10 -0.42 L 0.10 -0.42 L 0.13 -0.30 L 0.28 -0.34 L 0.34 -0.20 L 0.33 0.02 L 0.37 0.16 L 0.29 0.20 L 0.25 0.04 L 0.22 -0.10 L 0.16 -0.08 L 0.17 0.08 L 0.21 0.28 L 0.26 0.48 L 0.10 0.48 L 0.07 0.28 L 0.02 0.12 L -0.02 0.12 L -0.07 0.28 L -0.10 0.48 L -0.26 0.48 \
        L -0.21 0.28 L -0.17 0.08 L -0.16 -0.08 L -0.22 -0.10 L -0.25 0.04 L -0.29 0.20 L -0.37 0.16 L -0.33 0.02 L -0.34 -0.20 L -0.28 -0.34 L -0.13 -0.30 Z";
    c.fill(&Shape::drawn(MECH, 0.02, 0.0, (1.0, 1.0)), p.near);
    c.glow(0.02, -0.36, 0.30, fade(p.accent, 0.85));
    c.fill(&Shape::rect(-0.05, -0.375, 0.14, 0.026), p.light);
    c.fill(&Shape::circle(0.02, -0.18, 0.028), p.accent);
    for side in [-1.0f32, 1.0] {
        c.stroke(
            &Shape::drawn(
                "M 0.18 -0.27 L 0.28 -0.29 L 0.30 -0.18 M 0.12 0.14 L 0.15 0.30",
                0.02,
                0.0,
                (side, 1.0),
            ),
            fade(p.low, 0.6),
            0.006,
        );
    }
    let (left, _, right, bottom) = c.edges();
    ground(c, 0.47, Ink::Down(0.47, mix(p.far, p.near, 0.7), bottom, p.near));
    let mut x = left;
    while x < right {
        let size = between(r, 0.02, 0.07);
        c.fill(
            &Shape::polygon(&[
                (x, 0.49),
                (x + size * 0.4, 0.49 - size),
                (x + size * 1.2, 0.49 - size * 0.5),
                (x + size * 1.6, 0.49),
            ]),
            p.near,
        );
        x += between(r, 0.06, 0.16);
    }
    person(c, -0.24, 0.56, 0.15, false, p.near);
    person(c, -0.18, 0.56, 0.14, false, p.near);
}

pub(super) fn machine(c: &mut Canvas, p: &Palette, r: &mut Random) {
    c.sky(&[(0.0, p.near), (0.5, p.top), (1.0, p.near)]);
    c.glow(0.05, -0.08, 1.0, fade(p.low, 0.65));
    for (x, y, radius, teeth, shade) in [
        (0.42, -0.42, 0.30, 18, 0.3),
        (-0.44, 0.30, 0.34, 20, 0.4),
        (-0.34, -0.36, 0.22, 14, 0.55),
        (0.38, 0.30, 0.27, 16, 0.6),
        (0.02, -0.08, 0.29, 16, 0.1),
        (0.95, 0.1, 0.3, 16, 0.5),
        (-1.0, -0.1, 0.4, 20, 0.5),
    ] {
        gear(
            c,
            (x, y),
            radius,
            teeth,
            r.unit(),
            mix(mix(p.low, p.far, 0.5), p.near, shade),
            mix(p.far, p.near, 0.7),
        );
    }
    c.fill(&Shape::circle(0.02, -0.08, 0.15), p.near);
    c.glow(0.02, -0.08, 0.26, fade(p.accent, 0.9));
    c.fill(&Shape::circle(0.02, -0.08, 0.055), p.light);
    let (left, _, right, _) = c.edges();
    for cable in 0..7 {
        let t = cable as f32 / 6.0;
        let (from, to) = (-0.6 + t * 0.5, 0.1 + t * 0.4);
        c.stroke(
            &Shape::drawn(
                &format!("M {left} {from} Q 0 {} {right} {to}", 0.30 + t * 0.3),
                0.0,
                0.0,
                (1.0, 1.0),
            ),
            fade(p.near, 0.85),
            0.006 + 0.004 * t,
        );
    }
    c.fill(&Shape::polygon(&[(left, 0.47), (right, 0.43), (right, 0.48), (left, 0.52)]), p.near);
    person(c, -0.10, 0.465, 0.25, false, p.near);
    person(c, 0.05, 0.46, 0.20, false, p.near);
    ground(c, 0.50, fade(p.near, 0.75));
}

fn gear(
    c: &mut Canvas,
    (x, y): (f32, f32),
    radius: f32,
    teeth: usize,
    turn: f32,
    colour: tiny_skia::Color,
    hub: tiny_skia::Color,
) {
    let steps = teeth * 4;
    let points: Vec<(f32, f32)> = (0..steps)
        .map(|step| {
            let angle = (step as f32 + turn * 4.0) / steps as f32 * TAU;
            let reach = if step % 4 < 2 { radius } else { radius * 0.86 };
            (x + angle.cos() * reach, y + angle.sin() * reach)
        })
        .collect();
    c.fill(&Shape::polygon(&points), colour);
    c.fill(&Shape::circle(x, y, radius * 0.66), hub);
    for spoke in 0..5 {
        let (sin, cos) = ((spoke as f32 + turn) / 5.0 * TAU).sin_cos();
        c.stroke(
            &Shape::line(&[(x, y), (x + cos * radius * 0.72, y + sin * radius * 0.72)]),
            colour,
            radius * 0.13,
        );
    }
    c.fill(&Shape::circle(x, y, radius * 0.26), colour);
    c.fill(&Shape::circle(x, y, radius * 0.11), hub);
}

pub(super) fn deco(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    rays(c, 0.0, 0.36, 36, r.unit(), fade(p.low, 0.22));
    c.glow(0.0, 0.36, 1.0, fade(p.low, 0.55));
    for (x, width, top) in [
        (-0.36, 0.10, 0.05),
        (0.36, 0.10, 0.05),
        (-0.24, 0.13, -0.12),
        (0.24, 0.13, -0.12),
        (0.0, 0.30, -0.22),
        (0.0, 0.20, -0.36),
        (0.0, 0.11, -0.46),
    ] {
        c.fill(
            &Shape::rect(x - width / 2.0, top, width, 0.9 - top),
            Ink::Down(top, mix(p.far, p.low, 0.35), 0.5, p.near),
        );
        for line in 1..4 {
            let at = x - width / 2.0 + width * line as f32 / 4.0;
            c.fill(&Shape::rect(at - 0.0022, top + 0.02, 0.0044, 0.9), fade(p.low, 0.6));
        }
        c.fill(&Shape::rect(x - width / 2.0, top, width, 0.008), p.low);
    }
    c.fill(&Shape::polygon(&[(-0.008, -0.46), (0.0, -0.64), (0.008, -0.46)]), p.light);
    for fan in 1..6 {
        let radius = 0.035 * fan as f32;
        c.stroke(&Shape::circle(0.0, 0.42, radius), fade(p.light, 0.85), 0.005);
    }
    let (left, _, right, _) = c.edges();
    ground(c, 0.42, p.near);
    c.fill(
        &Shape::rect(left, 0.42, right - left, 0.006).and(Shape::rect(left, 0.435, right - left, 0.003)),
        p.low,
    );
}
