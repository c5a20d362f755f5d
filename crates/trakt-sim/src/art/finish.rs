//! Final steps: vignette, film grain and encoding.

use image::{ColorType, ImageEncoder, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use tiny_skia::Pixmap;

const JPEG_QUALITY: u8 = 84;

/// Darkens the corners by up to `vignette` and adds noise of up to `grain` (both as fractions of full brightness).
pub(super) fn add_vignette_and_grain(pixels: &mut Pixmap, seed: u64, vignette: f32, grain: f32) {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let across: Vec<f32> = (0..width).map(|x| square(x, width)).collect();
    let noise = (grain * 256.0 * 256.0) as i32;
    let mut state = seed as u32 | 1;
    for (y, row) in pixels.data_mut().chunks_exact_mut(width * 4).enumerate() {
        let down = square(y, height);
        for (pixel, across) in row.chunks_exact_mut(4).zip(&across) {
            // Xorshift32: grain does not need better randomness.
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let shade = 256 - ((across + down).powi(2) * vignette * 64.0) as i32;
            let speck = (((state >> 24) as i32 - 128) * noise) >> 16;
            for channel in &mut pixel[..3] {
                *channel = (((i32::from(*channel) * shade) >> 8) + speck).clamp(0, 255) as u8;
            }
        }
    }
}

/// Returns the squared distance from the middle, 0 to 1.
fn square(at: usize, length: usize) -> f32 {
    let distance = (at as f32 / length as f32) * 2.0 - 1.0;
    distance * distance
}

/// Encodes the picture as a JPEG file. It must be opaque.
pub(super) fn jpeg(pixels: &Pixmap) -> Vec<u8> {
    let rgb: Vec<u8> =
        pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut file = Vec::with_capacity(rgb.len() / 8);
    JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY)
        .write_image(&rgb, pixels.width(), pixels.height(), ColorType::Rgb8.into())
        .expect("a picture in memory is always written");
    file
}

/// Encodes the picture as a PNG file with transparency.
pub(super) fn png(pixels: &Pixmap) -> Vec<u8> {
    let rgba: Vec<u8> = pixels
        .pixels()
        .iter()
        .map(|pixel| pixel.demultiply())
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
        .collect();
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(&rgba, pixels.width(), pixels.height(), ColorType::Rgba8.into())
        .expect("a picture in memory is always written");
    file
}
