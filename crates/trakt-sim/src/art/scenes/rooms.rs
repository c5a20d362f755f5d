//! Scenes in rooms and on the facades of buildings.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, blinds, dusk, ground, night, skyline};
use crate::catalogue::random::Random;

pub(super) fn detective(c: &mut Canvas, p: &Palette, r: &mut Random) {
    night(c, p);
    c.glow(0.04, -0.1, 0.9, fade(p.low, 0.65));
    skyline(c, r, 0.48, (0.10, 0.42), mix(p.middle, p.far, 0.6), Some(p.low));
    let (tower, foot) = (0.31, 0.5);
    c.fill(
        &Shape::polygon(&[
            (tower - 0.06, foot),
            (tower - 0.06, -0.20),
            (tower, -0.42),
            (tower + 0.06, -0.20),
            (tower + 0.06, foot),
        ]),
        mix(p.far, p.near, 0.35),
    );
    c.fill(&Shape::circle(tower, -0.10, 0.042), p.light);
    c.stroke(&Shape::line(&[(tower, -0.132), (tower, -0.10), (tower + 0.022, -0.09)]), p.near, 0.007);
    const PROFILE: &str = "M -0.30 0.75 C -0.30 0.52 -0.24 0.44 -0.10 0.38 L -0.06 0.28 C -0.11 0.24 -0.13 0.17 -0.13 0.09 L -0.15 0.08 \
        C -0.20 0.07 -0.23 0.06 -0.24 0.045 C -0.20 0.045 -0.15 0.02 -0.12 -0.01 C -0.11 -0.13 -0.03 -0.19 0.06 -0.19 C 0.17 -0.19 0.25 -0.11 0.26 -0.0 \
        C 0.31 0.01 0.36 0.04 0.40 0.075 C 0.35 0.075 0.30 0.07 0.255 0.075 L 0.25 0.13 L 0.285 0.20 L 0.25 0.215 L 0.25 0.25 L 0.235 0.265 \
        L 0.245 0.29 C 0.24 0.33 0.20 0.335 0.15 0.325 L 0.15 0.38 C 0.30 0.44 0.36 0.55 0.36 0.75 Z";
    c.fill(&Shape::drawn(PROFILE, -0.10, 0.02, (1.0, 1.0)), p.near);
    c.fill(&Shape::circle(-0.04, -0.175, 0.022), p.near);
    c.stroke(
        &Shape::drawn("M 0.13 0.29 C 0.19 0.31 0.20 0.36 0.25 0.35", 0.0, 0.0, (1.0, 1.0)),
        p.near,
        0.014,
    );
    c.fill(
        &Shape::drawn(
            "M 0.215 0.29 L 0.295 0.285 C 0.295 0.37 0.235 0.38 0.215 0.29 Z",
            0.0,
            0.0,
            (1.0, 1.0),
        ),
        p.near,
    );
    for puff in 0..7 {
        let t = puff as f32 / 6.0;
        c.glow(
            0.26 + (t * 7.0).sin() * 0.04,
            0.26 - t * 0.52,
            0.05 + 0.10 * t,
            fade(p.light, 0.42 * (1.0 - t * 0.8)),
        );
    }
}

pub(super) fn clock(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    skyline(c, r, 0.75, (0.2, 0.5), mix(p.far, p.low, 0.35), None);
    skyline(c, r, 0.85, (0.12, 0.34), mix(p.far, p.near, 0.4), Some(p.low));
    let (x, y, radius) = (0.03, -0.08, 0.34);
    c.fill(&Shape::circle(x + 0.02, y + 0.03, radius + 0.03), fade(p.near, 0.35));
    c.fill(&Shape::circle(x, y, radius + 0.03), p.near);
    c.fill(
        &Shape::circle(x, y, radius),
        Ink::Down(y - radius, p.light, y + radius, mix(p.light, p.low, 0.7)),
    );
    for mark in 0..60 {
        let (sin, cos) = (mark as f32 / 60.0 * TAU).sin_cos();
        let (inner, width) = if mark % 5 == 0 { (0.80, 0.016) } else { (0.91, 0.004) };
        c.stroke(
            &Shape::line(&[
                (x + cos * radius * inner, y + sin * radius * inner),
                (x + cos * radius * 0.95, y + sin * radius * 0.95),
            ]),
            p.near,
            width,
        );
    }
    let hour = between(r, -0.6, 0.4);
    c.stroke(&Shape::line(&[(x, y), (x + hour.cos() * 0.18, y + hour.sin() * 0.18)]), p.near, 0.022);
    c.stroke(&Shape::line(&[(x, y), (x + 0.285, y + 0.06)]), p.near, 0.014);
    c.fill(&Shape::circle(x, y, 0.026), p.accent);
    // Somebody is hanging from the long hand.
    const HANGING: &str = "M -0.02 0 L 0.01 0 L 0.02 0.09 L 0.045 0.10 L 0.045 0.21 L 0.085 0.29 L 0.06 0.305 L 0.02 0.235 L 0.0 0.33 L -0.03 0.325 \
        L -0.025 0.22 L -0.03 0.105 L -0.008 0.09 Z";
    c.fill(&Shape::drawn(HANGING, x + 0.262, y + 0.062, (1.15, 1.15)), p.near);
    c.fill(&Shape::circle(x + 0.248, y + 0.135, 0.027), p.near);
    c.fill(&Shape::drawn("M -0.06 0 L 0.06 -0.012 L 0.06 -0.002 L -0.06 0.01 Z M -0.03 0 L -0.03 -0.025 L 0.03 -0.03 L 0.03 0 Z", x + 0.247, y + 0.117, (1.0, 1.0)), p.near);
}

pub(super) fn venetian(c: &mut Canvas, p: &Palette, r: &mut Random) {
    c.sky(&[(0.0, p.near), (0.5, p.top), (1.0, p.near)]);
    c.glow(0.1, -0.1, 1.0, fade(p.low, 0.55));
    blinds(c, fade(p.light, 0.36), between(r, 0.10, 0.20));
    const BUST: &str = "M -0.48 0.8 C -0.46 0.48 -0.30 0.40 -0.11 0.34 L -0.09 0.22 C -0.17 0.16 -0.18 0.04 -0.17 -0.04 L -0.38 -0.03 C -0.30 -0.10 -0.22 -0.12 -0.17 -0.14 \
        C -0.16 -0.30 -0.12 -0.36 -0.05 -0.33 C 0.0 -0.36 0.13 -0.36 0.16 -0.14 C 0.22 -0.12 0.30 -0.10 0.38 -0.05 L 0.18 -0.04 C 0.19 0.05 0.17 0.16 0.10 0.22 L 0.12 0.34 \
        C 0.32 0.40 0.48 0.48 0.50 0.8 L 0.55 1.3 L -0.55 1.3 Z";
    let bust = Shape::drawn(BUST, 0.0, 0.02, (0.95, 0.95));
    c.fill(&bust, p.near);
    c.clipped(&bust, |c| blinds(c, fade(p.low, 0.13), 0.22));
    c.glow(0.115, 0.22, 0.07, fade(p.accent, 0.9));
    c.stroke(&Shape::line(&[(0.05, 0.20), (0.115, 0.22)]), p.light, 0.009);
}

pub(super) fn opera(c: &mut Canvas, p: &Palette, r: &mut Random) {
    let (left, top, right, bottom) = c.edges();
    c.sky(&[(0.0, p.near), (0.6, p.top), (1.0, p.near)]);
    c.glow(0.0, -0.05, 0.8, fade(p.low, 0.8));
    for side in [-1.0f32, 1.0] {
        let edge = if side < 0.0 { left } else { right };
        for fold in (0..9).rev() {
            let t = fold as f32 / 8.0;
            let x = side * 0.20 + (edge - side * 0.20) * t;
            let colour = mix(p.accent, p.near, 0.28 + 0.34 * ((fold % 2) as f32) + 0.2 * t);
            let curtain = "M 0 -2 L 3 -2 L 3 3 L -0.02 3 C 0.06 1.6 0.12 0.6 0.02 -0.1 Z";
            c.fill(&Shape::drawn(curtain, x, top.max(-0.6) + 0.5, (side, 0.72)), colour);
        }
    }
    const MASK: &str = "M -0.20 -0.16 C -0.10 -0.24 0.12 -0.24 0.20 -0.16 C 0.24 -0.06 0.20 0.04 0.10 0.08 C 0.06 0.10 0.03 0.06 0.0 0.02 C -0.03 0.06 -0.06 0.10 -0.10 0.08 \
        C -0.20 0.04 -0.24 -0.06 -0.20 -0.16 Z";
    c.glow(0.0, -0.05, 0.42, fade(p.near, 0.7));
    c.fill(
        &Shape::drawn(MASK, 0.0, -0.02, (1.05, 1.05)),
        Ink::Down(-0.25, p.light, 0.12, mix(p.light, p.low, 0.75)),
    );
    for side in [-1.0f32, 1.0] {
        c.fill(
            &Shape::drawn(
                "M 0.035 -0.04 C 0.06 -0.10 0.13 -0.11 0.165 -0.08 C 0.14 -0.02 0.07 0.0 0.035 -0.04 Z",
                0.0,
                -0.02,
                (side * 1.05, 1.05),
            ),
            p.near,
        );
    }
    for tip in 0..5 {
        let x = -0.42 + tip as f32 * 0.21 + between(r, -0.01, 0.01);
        c.glow(x, 0.46, 0.16, fade(p.low, 0.55));
    }
    ground(c, 0.47, Ink::Down(0.47, mix(p.far, p.near, 0.4), bottom, p.near));
    let (mut x, mut seat) = (left, 0);
    while x < right {
        c.fill(&Shape::circle(x, 0.66 + 0.02 * ((seat % 3) as f32), 0.045), p.near);
        x += 0.11;
        seat += 1;
    }
    ground(c, 0.68, p.near);
}
