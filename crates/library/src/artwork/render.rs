//! Decodes, resizes and encodes images, and determines their size and colour. Pure functions, but slow: call
//! them on blocking threads.

use std::io::Cursor;

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, ImageReader, Limits, RgbaImage};

/// The widths in which images are served. A requested width is rounded up, so that few copies suffice for all
/// screens.
pub(super) const WIDTHS: [u32; 9] = [120, 200, 320, 480, 640, 960, 1280, 1920, 2560];
/// Width if none is requested.
const DEFAULT_WIDTH: u32 = 1280;
/// Memory limit for decoding in bytes, against malicious or broken images.
const MAX_MEMORY: u64 = 256 << 20;
/// Limit on pixels, against malicious or broken images, whose intermediate copies would need gigabytes.
const MAX_PIXELS: u64 = 50_000_000;
/// JPEG quality: no visible artefacts on posters, and half the size of quality 95.
const QUALITY: u8 = 84;

/// A rendered image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
}

/// The format of a rendered image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    /// For images with transparent parts.
    Png,
}

/// Facts about the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Dominant colour as `#rrggbb`.
    pub(super) color: String,
}

/// The bytes are not an image in a supported format.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be read: {0}")]
pub struct Unreadable(String);

/// The served width for a requested width.
pub(super) fn step(wanted: Option<u32>) -> u32 {
    let wanted = wanted.unwrap_or(DEFAULT_WIDTH);
    WIDTHS.into_iter().find(|width| *width >= wanted).unwrap_or(WIDTHS[WIDTHS.len() - 1])
}

/// Renders an image at most `width` pixels wide. Smaller originals are not enlarged.
pub(super) fn render(bytes: &[u8], width: u32) -> Result<(Picture, Facts), Unreadable> {
    let original = decode(bytes)?;
    let may_be_transparent = original.color().has_alpha();
    let original = original.into_rgba8();
    let facts = Facts { width: original.width(), height: original.height(), color: dominant(&original)? };
    let transparent = may_be_transparent && original.pixels().any(|pixel| pixel.0[3] < 250);
    let width = width.min(facts.width).max(1);
    let height =
        (u64::from(facts.height) * u64::from(width) / u64::from(facts.width)).clamp(1, 20_000) as u32;
    let small = resize(original, width, height, transparent)?;
    Ok((encode(&small, transparent)?, facts))
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Unreadable> {
    let open = || ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(unreadable);
    let (width, height) = open()?.into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Unreadable(format!("{width}x{height} pixels are too many")));
    }
    let mut reader = open()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(unreadable)?;
    if picture.width() == 0 || picture.height() == 0 {
        return Err(Unreadable("it has no pixels".to_owned()));
    }
    Ok(picture)
}

/// Resizes an image. Only RGBA pixels are used, because the resizer is compiled once for each pixel type,
/// which would take half a minute for all of them.
fn resize(picture: RgbaImage, width: u32, height: u32, transparent: bool) -> Result<RgbaImage, Unreadable> {
    if picture.dimensions() == (width, height) {
        return Ok(picture);
    }
    let source = Image::from_vec_u8(picture.width(), picture.height(), picture.into_raw(), PixelType::U8x4)
        .map_err(unreadable)?;
    let mut target = Image::new(width, height, PixelType::U8x4);
    let options =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(transparent);
    Resizer::new().resize(&source, &mut target, &options).map_err(unreadable)?;
    RgbaImage::from_raw(width, height, target.into_vec())
        .ok_or_else(|| Unreadable("its size is wrong".to_owned()))
}

fn encode(picture: &RgbaImage, transparent: bool) -> Result<Picture, Unreadable> {
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::with_capacity(picture.len() / 8);
    let format = if transparent {
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive)
            .write_image(picture, width, height, ExtendedColorType::Rgba8)
            .map_err(unreadable)?;
        Format::Png
    } else {
        let opaque: Vec<u8> =
            picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
        JpegEncoder::new_with_quality(&mut bytes, QUALITY)
            .write_image(&opaque, width, height, ExtendedColorType::Rgb8)
            .map_err(unreadable)?;
        Format::Jpeg
    };
    Ok(Picture { bytes, format })
}

/// The dominant colour, preferring saturated ones, for the placeholder that is shown while the image loads.
fn dominant(picture: &RgbaImage) -> Result<String, Unreadable> {
    const SIDE: u32 = 32;
    let small = resize(picture.clone(), SIDE.min(picture.width()), SIDE.min(picture.height()), false)?;
    let mut bins: std::collections::BTreeMap<u16, (u64, [u64; 3], u64)> = std::collections::BTreeMap::new();
    for pixel in small.pixels() {
        let [red, green, blue, _] = pixel.0;
        let bin = bins
            .entry(u16::from(red >> 5) << 6 | u16::from(green >> 5) << 3 | u16::from(blue >> 5))
            .or_default();
        let colourful = u64::from(red.max(green).max(blue) - red.min(green).min(blue));
        bin.0 += 64 + colourful;
        bin.2 += 1;
        for (sum, part) in bin.1.iter_mut().zip([red, green, blue]) {
            *sum += u64::from(part);
        }
    }
    let best = bins.into_values().max_by_key(|(weight, ..)| *weight);
    let (_, sums, count) = best.ok_or_else(|| Unreadable("it has no pixels".to_owned()))?;
    let [red, green, blue] = sums.map(|sum| sum / count);
    Ok(format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn unreadable(error: impl std::fmt::Display) -> Unreadable {
    Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, RgbImage, Rgba};
    use rstest::rstest;

    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("the test image can be encoded");
        bytes.into_inner()
    }

    fn poster() -> Vec<u8> {
        let picture =
            RgbImage::from_fn(400, 600, |x, _| if x < 300 { Rgb([200, 30, 30]) } else { Rgb([10, 10, 10]) });
        png(&DynamicImage::ImageRgb8(picture))
    }

    #[test]
    fn a_poster_is_resized_to_a_jpeg_with_the_same_aspect_ratio() {
        let (small, facts) = render(&poster(), 120).expect("a picture");
        let decoded = image::load_from_memory(&small.bytes).expect("a picture again");
        assert_eq!((small.format, decoded.width(), decoded.height()), (Format::Jpeg, 120, 180));
        assert_eq!((facts.width, facts.height), (400, 600));
        assert_eq!(facts.color, "#c81e1e");
    }

    #[test]
    fn images_are_never_enlarged() {
        let (same, _) = render(&poster(), 1920).expect("a picture");
        let decoded = image::load_from_memory(&same.bytes).expect("a picture again");
        assert_eq!(decoded.width(), 400);
    }

    #[test]
    fn transparency_is_preserved() {
        let logo = RgbaImage::from_fn(300, 100, |x, _| Rgba([255, 255, 255, if x < 100 { 0 } else { 255 }]));
        let (small, _) = render(&png(&DynamicImage::ImageRgba8(logo)), 120).expect("a picture");
        let decoded = image::load_from_memory(&small.bytes).expect("a picture again").into_rgba8();
        assert_eq!((small.format, decoded.get_pixel(2, 2).0[3]), (Format::Png, 0));
    }

    #[rstest]
    #[case::text(b"<html>503</html>".as_slice())]
    #[case::nothing(b"".as_slice())]
    #[case::cut_off(b"\x89PNG\r\n\x1a\n\0\0".as_slice())]
    fn bytes_that_are_not_an_image_are_rejected(#[case] bytes: &[u8]) {
        assert!(render(bytes, 120).is_err());
    }

    #[rstest]
    #[case(Some(1), 120)]
    #[case(Some(121), 200)]
    #[case(Some(99_999), 2560)]
    #[case(None, 1280)]
    fn widths_are_rounded_up(#[case] wanted: Option<u32>, #[case] served: u32) {
        assert_eq!(step(wanted), served);
    }
}
