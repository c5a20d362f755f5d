//! Images of collections.

use db::collection_images;
use db::ids::CollectionId;
use db::kinds::CollectionImageKind;
use tokio::task::spawn_blocking;

use super::error::ArtworkError;
use super::render::{Unreadable, render, step};
use super::service::{Artwork, Rendered, is_version};

/// An image of a collection as it is stored: in a supported format, and no larger than it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalisedImage {
    /// JPEG, or PNG if parts are transparent.
    pub bytes: Vec<u8>,
    /// Dominant colour as `#rrggbb`.
    pub color: String,
    /// Width of the original in pixels.
    pub width: u32,
    /// Height of the original in pixels.
    pub height: u32,
}

/// Decodes an image and resizes it to at most `width` pixels in width. The format is detected by the content. Slow:
/// call it on blocking threads.
///
/// # Errors
/// [`Unreadable`] if it is not an image, or unreasonably large.
pub fn normalise(bytes: &[u8], width: u32) -> Result<NormalisedImage, Unreadable> {
    let (picture, facts) = render(bytes, width)?;
    Ok(NormalisedImage { bytes: picture.bytes, color: facts.color, width: facts.width, height: facts.height })
}

impl Artwork {
    /// An image of a collection in about this width. With `version` from one of this server's URLs, a cached
    /// image needs no query.
    ///
    /// # Errors
    /// When the collection has no such image.
    pub async fn of_collection(
        &self,
        id: CollectionId,
        kind: CollectionImageKind,
        width: Option<u32>,
        version: Option<&str>,
    ) -> Result<Rendered, ArtworkError> {
        let width = step(width);
        if let Some(version) = version.filter(|version| is_version(version))
            && let Some(found) = self.cached(version, width).await
        {
            return Ok(found);
        }
        let row = collection_images::find(&self.inner.db, id, kind).await?.ok_or(ArtworkError::NotFound)?;
        if let Some(found) = self.cached(&row.version, width).await {
            return Ok(found);
        }
        let _permit = self.inner.rendering.acquire().await.map_err(|_| ArtworkError::Unreachable)?;
        let rendered = spawn_blocking(move || render(&row.bytes, width)).await;
        match rendered {
            Ok(Ok((small, _))) => Ok(self.store_rendered(&row.version, width, small).await),
            Ok(Err(error)) => {
                tracing::warn!(collection_id = id.0, ?kind, %error, "picture cannot be decoded");
                Err(ArtworkError::NotFound)
            }
            Err(error) => {
                tracing::error!(collection_id = id.0, ?kind, %error, "rendering a picture panicked");
                Err(ArtworkError::Unreachable)
            }
        }
    }
}
