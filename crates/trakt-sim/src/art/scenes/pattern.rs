//! Patterns of flat shapes on paper.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, Shape};
use super::super::colour::{Palette, fade};
use super::super::elements::between;
use super::print::{inks, paper};
use crate::catalogue::random::Random;

pub(super) fn bauhaus(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    let inks = inks(p);
    let (left, top, right, _) = c.edges();
    let cell = 0.25;
    let (columns, rows) = (((right - left) / cell).ceil() as usize, ((0.40 - top) / cell).ceil() as usize);
    for row in 0..rows {
        for column in 0..columns {
            let (x, y) = (left + column as f32 * cell, top + row as f32 * cell);
            let (ground, figure) = (r.below(6) as usize, r.below(4) as usize);
            if ground < 4 && r.percent(62) {
                c.fill(&Shape::rect(x, y, cell + 0.001, cell + 0.001), inks[ground]);
            }
            let ink = if figure == ground { p.light } else { inks[figure] };
            tile(c, r, (x, y, cell), ink);
        }
    }
}

fn tile(c: &mut Canvas, r: &mut Random, (x, y, s): (f32, f32, f32), ink: tiny_skia::Color) {
    let flip = if r.percent(50) { 1.0 } else { -1.0 };
    let (cx, cy) = (x + s / 2.0, y + s / 2.0);
    match r.below(7) {
        0 => c.fill(&Shape::circle(cx, cy, s * 0.5), ink),
        1 => c.fill(
            &Shape::drawn("M -1 -1 L 1 -1 C 1 0.104 0.104 1 -1 1 Z", cx, cy, (flip * s / 2.0, s / 2.0)),
            ink,
        ),
        2 => c.fill(&Shape::polygon(&[(x, y), (x + s, y + s), (x, y + s)]), ink),
        3 => c.fill(
            &Shape::drawn(
                "M -1 0 C -1 -0.55 -0.55 -1 0 -1 C 0.55 -1 1 -0.55 1 0 Z",
                cx,
                cy,
                (s / 2.0, flip * s / 2.0),
            ),
            ink,
        ),
        4 => (0..3).for_each(|ring| {
            c.stroke(&Shape::circle(cx, cy, s * (0.12 + 0.13 * ring as f32)), ink, s * 0.055)
        }),
        5 => (0..4).for_each(|bar| c.fill(&Shape::rect(x, y + s * 0.25 * bar as f32, s, s * 0.125), ink)),
        _ => c.fill(
            &Shape::drawn(
                "M -1 -1 C 0.1 -1 1 -0.1 1 1 C -0.1 1 -1 0.1 -1 -1 Z",
                cx,
                cy,
                (flip * s / 2.0, s / 2.0),
            ),
            ink,
        ),
    }
}

pub(super) fn arches(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    let inks = inks(p);
    c.fill(&Shape::circle(between(r, -0.25, 0.3), -0.32, 0.15), p.accent);
    let order = r.below(4) as usize;
    for (x, foot, width) in
        [(-0.14, 0.40, 0.46), (0.25, 0.40, 0.32), (-0.75, 0.40, 0.5), (0.78, 0.40, 0.5), (-1.25, 0.4, 0.4)]
    {
        for ring in 0..5 {
            let half = width * (0.5 - 0.095 * ring as f32);
            let spring = foot - width * 0.62;
            let ink = if ring == 4 { p.light } else { inks[(ring + order) % 4] };
            let arch =
                Shape::circle(x, spring, half).and(Shape::rect(x - half, spring, half * 2.0, foot - spring));
            c.fill(&arch, ink);
        }
    }
    let (left, _, right, _) = c.edges();
    c.fill(&Shape::rect(left, 0.40, right - left, 0.014), p.near);
    for step in 0..4 {
        let t = step as f32;
        c.fill(&Shape::rect(left, 0.43 + t * 0.018, right - left, 0.004), fade(p.near, 0.8 - 0.2 * t));
    }
}

pub(super) fn waves(c: &mut Canvas, p: &Palette, r: &mut Random) {
    paper(c, p);
    let inks = [p.second, p.near, p.far, p.accent, p.second, p.near];
    c.fill(&Shape::circle(between(r, -0.2, 0.2), -0.18, 0.25), p.accent);
    let (left, _, right, _) = c.edges();
    for (row, ink) in inks.into_iter().enumerate() {
        let (y, phase) = (-0.08 + row as f32 * 0.085, r.unit() * TAU);
        let mut points: Vec<(f32, f32)> = (0..=90)
            .map(|step| {
                let x = left + (right - left) * step as f32 / 90.0;
                (x, y + (x * 7.0 + phase).sin() * 0.032)
            })
            .collect();
        let crest = points.clone();
        points.extend([(right, 0.42), (left, 0.42)]);
        c.fill(&Shape::polygon(&points), ink);
        c.stroke(&Shape::line(&crest), p.light, 0.007);
    }
    c.fill(&Shape::drawn("M -0.13 0 L 0.13 0 L 0.085 0.05 L -0.085 0.05 Z M -0.06 0 L -0.06 -0.035 L 0.04 -0.035 L 0.04 0 Z M -0.02 -0.035 L -0.02 -0.09 L 0.01 -0.09 L 0.01 -0.035 Z", 0.12, -0.035, (1.0, 1.0)), p.near);
}
