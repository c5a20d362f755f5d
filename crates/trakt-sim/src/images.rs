//! `/images/*`: artwork.

use bytes::Bytes;
use image::{ImageFormat, RgbImage};

use crate::catalogue::random::key_of;
use crate::http::{Reply, Request};
use crate::server::Shared;

/// Artwork by path.
#[derive(Default)]
pub(crate) struct Images;

impl Images {
    pub(crate) async fn answer(&self, _: &Shared, request: &Request) -> Reply {
        let [red, green, blue, ..] = key_of(&request.path).to_le_bytes();
        let (width, height) = if request.path.contains("poster") { (500, 750) } else { (640, 360) };
        let picture = RgbImage::from_pixel(width, height, image::Rgb([red, green, blue]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        match picture.write_to(&mut bytes, ImageFormat::Jpeg) {
            Ok(()) => Reply::image("image/jpeg", Bytes::from(bytes.into_inner())),
            Err(_) => Reply::empty(500),
        }
    }
}
