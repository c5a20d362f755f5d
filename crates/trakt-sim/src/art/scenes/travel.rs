//! Scenes on rails, roads and water.

use super::super::canvas::{Canvas, Ink, Shape};
use super::super::colour::{Palette, fade, mix};
use super::super::elements::{between, dusk, ground, rays, ridge, ridges, stars, water};
use super::land::{cloud, sun};
use crate::catalogue::random::Random;

pub(super) fn locomotive(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    rays(c, 0.0, -0.04, 20, r.unit(), fade(p.light, 0.10));
    sun(c, p, 0.0, -0.04, 0.30);
    ridge(c, r, 0.30, 0.10, 0.4, mix(p.far, p.low, 0.3));
    for puff in 0..11 {
        let t = puff as f32 / 10.0;
        let (x, y) = (t * 0.42 + (t * 9.0).sin() * 0.02, -0.38 - t * 0.13);
        c.fill(
            &Shape::circle(x, y, 0.045 + t * 0.10),
            fade(mix(p.light, p.far, 0.25 + t * 0.5), 0.5 - t * 0.25),
        );
    }
    let (_, _, _, bottom) = c.edges();
    ground(c, 0.36, Ink::Down(0.36, mix(p.far, p.near, 0.55), bottom, p.near));
    for side in [-1.0, 1.0] {
        c.fill(
            &Shape::polygon(&[
                (side * 0.145, 0.40),
                (side * 0.165, 0.40),
                (side * 0.50, bottom),
                (side * 0.44, bottom),
            ]),
            p.low,
        );
    }
    for tie in 0..9 {
        let t = (tie as f32 / 9.0).powf(1.6);
        let (y, half) = (0.42 + t * (bottom - 0.42), 0.20 + t * 0.38);
        c.fill(&Shape::rect(-half, y, half * 2.0, 0.010 + 0.02 * t), fade(p.near, 0.75));
    }
    c.fill(&Shape::polygon(&[(-0.055, -0.36), (0.055, -0.36), (0.035, -0.22), (-0.035, -0.22)]), p.near);
    c.fill(&Shape::circle(0.0, -0.02, 0.225), p.near);
    c.stroke(&Shape::circle(0.0, -0.02, 0.190), mix(p.far, p.low, 0.35), 0.007);
    c.stroke(&Shape::circle(0.0, -0.02, 0.075), mix(p.far, p.low, 0.3), 0.006);
    c.fill(&Shape::rect(-0.235, 0.17, 0.47, 0.09), p.near);
    c.fill(&Shape::rect(-0.235, 0.195, 0.47, 0.02), p.accent);
    c.fill(&Shape::polygon(&[(-0.21, 0.26), (0.21, 0.26), (0.25, 0.44), (0.0, 0.47), (-0.25, 0.44)]), p.near);
    for bar in -4..=4 {
        let x = bar as f32 * 0.045;
        c.stroke(
            &Shape::line(&[(x, 0.27), (x * 1.2, 0.45 - x.abs() * 0.06)]),
            mix(p.far, p.low, 0.25),
            0.006,
        );
    }
    c.glow(0.0, -0.17, 0.34, fade(p.light, 0.95));
    c.fill(&Shape::circle(0.0, -0.17, 0.047), p.light);
    for side in [-1.0f32, 1.0] {
        c.fill(&Shape::circle(side * 0.18, 0.215, 0.020), p.light);
        for puff in 0..5 {
            let t = puff as f32 / 4.0;
            c.glow(side * (0.28 + t * 0.16), 0.40 - t * 0.05, 0.10 + t * 0.06, fade(p.light, 0.30));
        }
    }
}

pub(super) fn riverboat(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    sun(c, p, -0.14, 0.08, 0.20);
    cloud(c, 0.34, -0.30, 0.09, mix(p.low, p.light, 0.35));
    ridge(c, r, 0.30, 0.06, 0.1, mix(p.far, p.low, 0.25));
    water(c, r, 0.31, -0.14, p);
    const BOAT: &str = "M -0.44 0.22 L 0.34 0.22 L 0.34 0.14 L 0.28 0.14 L 0.28 0.04 L 0.20 0.04 L 0.20 -0.04 L 0.08 -0.04 L 0.08 -0.11 L -0.06 -0.11 L -0.06 -0.04 L -0.26 -0.04 L -0.26 0.04 L -0.36 0.04 L -0.36 0.14 L -0.50 0.14 C -0.50 0.20 -0.48 0.22 -0.44 0.22 Z";
    c.fill(&Shape::drawn(BOAT, 0.02, 0.12, (1.0, 1.0)), p.near);
    for (y, from, to) in [(0.085, -0.22, 0.19), (0.175, -0.32, 0.26)] {
        let mut x = from;
        while x < to {
            c.fill(&Shape::rect(x, y + 0.01, 0.022, 0.038), p.low);
            x += 0.045;
        }
    }
    for x in [-0.16, -0.08] {
        c.fill(&Shape::rect(x, -0.20, 0.035, 0.30), p.near);
        c.fill(
            &Shape::polygon(&[(x - 0.018, -0.22), (x + 0.053, -0.22), (x + 0.04, -0.18), (x - 0.005, -0.18)]),
            p.accent,
        );
        for puff in 0..7 {
            let t = puff as f32 / 6.0;
            c.glow(
                x + 0.02 - t * 0.26,
                -0.25 - t * 0.16,
                0.05 + t * 0.09,
                fade(mix(p.near, p.far, 0.6), 0.6 - t * 0.35),
            );
        }
    }
    c.fill(&Shape::circle(0.40, 0.24, 0.105), p.accent);
    for spoke in 0..10 {
        let (sin, cos) = (spoke as f32 * std::f32::consts::TAU / 10.0).sin_cos();
        c.stroke(&Shape::line(&[(0.40, 0.24), (0.40 + cos * 0.115, 0.24 + sin * 0.115)]), p.near, 0.011);
    }
    c.fill(&Shape::rect(-0.45, 0.335, 0.95, 0.012), fade(p.light, 0.6));
}

pub(super) fn battleship(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    rays(c, 0.0, 0.25, 22, r.unit() * 0.3, fade(p.accent, 0.30));
    c.glow(0.0, 0.2, 0.9, fade(p.light, 0.4));
    const BOW: &str = "M 0.0 -0.16 L 0.27 -0.06 C 0.24 0.14 0.14 0.34 0.05 0.46 L -0.05 0.46 C -0.14 0.34 -0.24 0.14 -0.27 -0.06 Z";
    for (x, y, w, h) in [(-0.12, -0.24, 0.24, 0.14), (-0.075, -0.36, 0.15, 0.14), (-0.035, -0.44, 0.07, 0.10)]
    {
        c.fill(&Shape::rect(x, y, w, h), mix(p.far, p.near, 0.5));
    }
    c.stroke(&Shape::line(&[(0.0, -0.62), (0.0, -0.3)]), p.near, 0.010);
    c.stroke(&Shape::line(&[(-0.13, -0.52), (0.13, -0.52)]), p.near, 0.006);
    c.fill(
        &Shape::polygon(&[(0.006, -0.615), (0.15, -0.59), (0.13, -0.56), (0.16, -0.53), (0.006, -0.535)]),
        p.accent,
    );
    for side in [-1.0f32, 1.0] {
        c.stroke(&Shape::line(&[(side * 0.06, -0.12), (side * 0.34, -0.25)]), p.near, 0.03);
        c.stroke(&Shape::line(&[(side * 0.03, -0.11), (side * 0.22, -0.27)]), p.near, 0.024);
    }
    c.fill(&Shape::drawn(BOW, 0.0, 0.0, (1.0, 1.0)), p.near);
    c.fill(
        &Shape::drawn(
            "M 0.0 -0.16 L 0.27 -0.06 C 0.24 0.14 0.14 0.34 0.05 0.46 L 0.0 0.46 Z",
            0.0,
            0.0,
            (1.0, 1.0),
        ),
        mix(p.far, p.near, 0.55),
    );
    for side in [-1.0f32, 1.0] {
        c.fill(&Shape::circle(side * 0.10, 0.03, 0.016), p.low);
        c.stroke(&Shape::line(&[(side * 0.10, 0.04), (side * 0.13, 0.38)]), p.low, 0.005);
    }
    water(c, r, 0.42, 0.0, p);
    for side in [-1.0f32, 1.0] {
        c.fill(
            &Shape::drawn(
                "M 0 0 C 0.08 -0.10 0.16 -0.04 0.34 0.03 C 0.22 0.05 0.10 0.05 0 0.03 Z",
                side * 0.02,
                0.43,
                (side, 1.0),
            ),
            fade(p.light, 0.75),
        );
    }
}

pub(super) fn highway(c: &mut Canvas, p: &Palette, r: &mut Random) {
    dusk(c, p);
    stars(c, r, 60, p.light, -0.2);
    let sun = between(r, -0.16, 0.16);
    c.glow(sun, 0.14, 0.8, fade(p.light, 0.7));
    c.fill(&Shape::circle(sun, 0.12, 0.14), Ink::Down(-0.02, p.light, 0.24, p.accent));
    ridges(c, r, p, 0.18, 0.27, 0.5);
    let (left, _, right, bottom) = c.edges();
    ground(c, 0.29, Ink::Down(0.29, mix(p.far, p.near, 0.5), bottom, p.near));
    c.fill(
        &Shape::polygon(&[(-0.008, 0.29), (0.008, 0.29), (0.62, bottom), (-0.62, bottom)]),
        mix(p.near, p.far, 0.35),
    );
    for dash in 0..9 {
        let near = |step: f32| 0.29 + (step / 9.0).powf(2.2) * (bottom - 0.25);
        let (from, to) = (near(dash as f32), near(dash as f32 + 0.5));
        let half = |y: f32| 0.001 + (y - 0.29) * 0.022;
        c.fill(
            &Shape::polygon(&[(-half(from), from), (half(from), from), (half(to), to), (-half(to), to)]),
            p.low,
        );
    }
    for pole in 0..6 {
        let t = (pole as f32 + 0.4) / 5.0;
        let (x, foot, height) = (0.05 + t.powi(2) * 0.62, 0.29 + t.powi(2) * 0.28, 0.05 + 0.62 * t.powi(2));
        c.stroke(&Shape::line(&[(x, foot), (x, foot - height)]), p.near, 0.003 + 0.010 * t);
        c.stroke(
            &Shape::line(&[
                (x - height * 0.13, foot - height * 0.9),
                (x + height * 0.13, foot - height * 0.9),
            ]),
            p.near,
            0.002 + 0.006 * t,
        );
    }
    let (x, y, s) = (-0.075, 0.42, 0.16);
    const CAR: &str = "M -0.52 0.0 C -0.52 -0.24 -0.46 -0.28 -0.36 -0.30 L -0.26 -0.52 L 0.26 -0.52 L 0.36 -0.30 C 0.46 -0.28 0.52 -0.24 0.52 0 Z";
    c.fill(&Shape::drawn(CAR, x, y, (s, s)), p.near);
    c.fill(
        &Shape::rect(x - s * 0.44, y - s * 0.02, s * 0.16, s * 0.12).and(Shape::rect(
            x + s * 0.28,
            y - s * 0.02,
            s * 0.16,
            s * 0.12,
        )),
        p.near,
    );
    for side in [-0.38, 0.38] {
        c.glow(x + side * s, y - s * 0.14, 0.06, fade(p.accent, 0.95));
        c.fill(&Shape::circle(x + side * s, y - s * 0.14, 0.008), p.light);
    }
    c.glow(if r.percent(50) { left } else { right }, bottom, 0.5, fade(p.near, 0.6));
}
