//! Posters and backgrounds.

use bytes::Bytes;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::Image;
use crate::query::Query;

/// The size limit of images in bytes. Plex accepts only smaller ones.
pub const LARGEST_IMAGE: usize = 10 * 1024 * 1024;

/// An image to upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// The URL from which Plex downloads the image.
    Url(String),
    /// The contents of the image file.
    Bytes(Bytes),
}

impl Client {
    /// Uploads a poster and selects it.
    ///
    /// # Errors
    /// [`Error::ImageTooLarge`] before anything is sent.
    pub async fn upload_poster(&self, key: u64, picture: &Picture) -> Result<()> {
        self.upload(key, "posters", picture).await
    }

    /// Uploads a background and selects it.
    ///
    /// # Errors
    /// [`Error::ImageTooLarge`] before anything is sent.
    pub async fn upload_background(&self, key: u64, picture: &Picture) -> Result<()> {
        self.upload(key, "arts", picture).await
    }

    /// The available posters.
    pub async fn posters(&self, key: u64) -> Result<Vec<Image>> {
        let root = self.get(&format!("/library/metadata/{key}/posters"), Query::new()).await?;
        Ok(root.metadata().filter_map(Image::of).collect())
    }

    async fn upload(&self, key: u64, list: &str, picture: &Picture) -> Result<()> {
        let path = format!("/library/metadata/{key}/{list}");
        match picture {
            Picture::Url(url) => self.post(&path, Query::new().with("url", url), None).await.map(drop),
            Picture::Bytes(bytes) if bytes.len() >= LARGEST_IMAGE => Err(Error::ImageTooLarge(bytes.len())),
            Picture::Bytes(bytes) => self.post(&path, Query::new(), Some(bytes.clone())).await.map(drop),
        }
    }
}
