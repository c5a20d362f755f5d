//! Colours are mixed in OKLCH, where equal steps look equal, so palettes are harmonious for any hue.

use tiny_skia::Color;

use crate::catalogue::random::Random;

/// Creates a colour from a lightness of 0 to 1, a chroma of about 0 to 0.3, and a hue in degrees; clamped to sRGB.
pub(super) fn oklch(lightness: f32, chroma: f32, hue: f32) -> Color {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cos, chroma * sin);
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    let encode = |linear: f32| {
        let linear = linear.clamp(0.0, 1.0);
        if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 }
    };
    let red = encode(4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s);
    let green = encode(-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s);
    let blue = encode(-0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s);
    Color::from_rgba(red.clamp(0.0, 1.0), green.clamp(0.0, 1.0), blue.clamp(0.0, 1.0), 1.0)
        .unwrap_or(Color::BLACK)
}

/// Mixes `share` of `b` with the rest of `a`.
pub(super) fn mix(a: Color, b: Color, share: f32) -> Color {
    let part = |from: f32, to: f32| (from + (to - from) * share).clamp(0.0, 1.0);
    Color::from_rgba(
        part(a.red(), b.red()),
        part(a.green(), b.green()),
        part(a.blue(), b.blue()),
        part(a.alpha(), b.alpha()),
    )
    .unwrap_or(a)
}

/// Returns the same colour with transparency.
pub(super) fn fade(mut colour: Color, alpha: f32) -> Color {
    colour.set_alpha(alpha.clamp(0.0, 1.0));
    colour
}

/// The colours of a scene.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// Top of the sky, or the paper of a print.
    pub(super) top: Color,
    /// Middle of the sky.
    pub(super) middle: Color,
    /// The sky at the horizon.
    pub(super) low: Color,
    /// Distant objects.
    pub(super) far: Color,
    /// The darkest: nearby objects.
    pub(super) near: Color,
    /// The one colour that should stand out.
    pub(super) accent: Color,
    /// A second, calmer colour.
    pub(super) second: Color,
    /// The lightest: moon, lamps, the title.
    pub(super) light: Color,
}

/// The mood of a picture, determined by the main genre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Dread,
    Noir,
    Future,
    Adventure,
    Romance,
    Wonder,
    Daylight,
    Print,
    Drama,
    War,
}

impl Mood {
    pub(super) fn of(genres: &[&str]) -> Self {
        let is = |genre: &str| genres.contains(&genre);
        match genres.first().copied().unwrap_or("drama") {
            _ if is("animation") && !is("horror") => Self::Daylight,
            "horror" => Self::Dread,
            "crime" | "mystery" | "thriller" => Self::Noir,
            "science-fiction" => Self::Future,
            "adventure" | "western" | "action" => Self::Adventure,
            "romance" | "music" => Self::Romance,
            "fantasy" => Self::Wonder,
            "family" => Self::Daylight,
            "comedy" | "documentary" | "short" => Self::Print,
            "war" | "history" => Self::War,
            _ => Self::Drama,
        }
    }

    /// Returns the hues of the upper sky, the horizon and the accent.
    fn hues(self) -> &'static [(f32, f32, f32)] {
        match self {
            Self::Dread => {
                &[(165.0, 130.0, 27.0), (285.0, 18.0, 25.0), (245.0, 205.0, 30.0), (20.0, 30.0, 60.0)]
            }
            Self::Noir => {
                &[(262.0, 235.0, 78.0), (255.0, 62.0, 75.0), (225.0, 195.0, 45.0), (40.0, 65.0, 80.0)]
            }
            Self::Future => {
                &[(278.0, 335.0, 195.0), (225.0, 190.0, 55.0), (300.0, 35.0, 200.0), (200.0, 165.0, 20.0)]
            }
            Self::Adventure => {
                &[(235.0, 68.0, 50.0), (25.0, 70.0, 90.0), (185.0, 85.0, 40.0), (330.0, 55.0, 80.0)]
            }
            Self::Romance => &[(335.0, 35.0, 20.0), (290.0, 15.0, 65.0), (255.0, 350.0, 40.0)],
            Self::Wonder => &[(297.0, 345.0, 88.0), (262.0, 165.0, 90.0), (190.0, 140.0, 70.0)],
            Self::Daylight => {
                &[(232.0, 205.0, 45.0), (205.0, 110.0, 25.0), (255.0, 30.0, 60.0), (185.0, 95.0, 340.0)]
            }
            Self::Print => {
                &[(30.0, 85.0, 30.0), (250.0, 85.0, 55.0), (165.0, 90.0, 40.0), (340.0, 80.0, 200.0)]
            }
            Self::Drama => {
                &[(222.0, 52.0, 45.0), (195.0, 72.0, 32.0), (260.0, 345.0, 52.0), (240.0, 30.0, 60.0)]
            }
            Self::War => &[(110.0, 88.0, 45.0), (242.0, 58.0, 35.0), (80.0, 70.0, 30.0)],
        }
    }

    pub(super) fn palette(self, random: &mut Random) -> Palette {
        let (above, horizon, accent) = random.pick(self.hues());
        let drift = random.unit() * 16.0 - 8.0;
        let (above, horizon, accent) = (above + drift, horizon + drift, accent + drift * 0.5);
        match self {
            Self::Print => print(above, horizon, accent),
            Self::Daylight => day(above, horizon, accent),
            Self::Dread | Self::Noir | Self::War => dusk(above, horizon, accent, 0.75, -0.05),
            _ => dusk(above, horizon, accent, 1.0, 0.0),
        }
    }
}

fn dusk(above: f32, horizon: f32, accent: f32, chroma: f32, lift: f32) -> Palette {
    Palette {
        top: oklch(0.21 + lift * 0.6, 0.065 * chroma, above),
        middle: oklch(0.40 + lift, 0.105 * chroma, above + shortest(above, horizon) * 0.35),
        low: oklch(0.70 + lift, 0.125 * chroma, horizon),
        far: oklch(0.34 + lift * 0.5, 0.075 * chroma, above + shortest(above, horizon) * 0.2),
        near: oklch(0.115, 0.028 * chroma, above),
        accent: oklch(0.66, 0.19, accent),
        second: oklch(0.55, 0.11 * chroma, horizon),
        light: oklch(0.94, 0.05, horizon),
    }
}

fn day(above: f32, horizon: f32, accent: f32) -> Palette {
    Palette {
        top: oklch(0.60, 0.125, above),
        middle: oklch(0.77, 0.10, above + shortest(above, horizon) * 0.4),
        low: oklch(0.93, 0.055, horizon),
        far: oklch(0.66, 0.105, above - 40.0),
        near: oklch(0.30, 0.075, above - 55.0),
        accent: oklch(0.69, 0.18, accent),
        second: oklch(0.52, 0.12, above - 70.0),
        light: oklch(0.985, 0.02, 95.0),
    }
}

fn print(above: f32, paper: f32, accent: f32) -> Palette {
    Palette {
        top: oklch(0.925, 0.040, paper),
        middle: oklch(0.895, 0.050, paper),
        low: oklch(0.86, 0.062, paper),
        far: oklch(0.72, 0.115, above + 60.0),
        near: oklch(0.235, 0.045, above),
        accent: oklch(0.635, 0.185, accent),
        second: oklch(0.52, 0.105, above + 170.0),
        light: oklch(0.965, 0.02, paper),
    }
}

/// Returns the shorter way around the colour wheel, in degrees.
fn shortest(from: f32, to: f32) -> f32 {
    (to - from + 540.0).rem_euclid(360.0) - 180.0
}
