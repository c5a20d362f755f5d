//! Image addresses.

use serde::{Deserialize, Serialize};
use url::Url;

use super::lenient::skip_invalid_entries;

/// The images of an item, best first. Included with [`Extended::IMAGES`](crate::Extended::IMAGES).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Images {
    /// Portrait images.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub poster: Vec<ImageUrl>,
    /// Landscape images.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub fanart: Vec<ImageUrl>,
    /// Logos on a transparent background.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub logo: Vec<ImageUrl>,
    /// Characters on a transparent background.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub clearart: Vec<ImageUrl>,
    /// Banners.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub banner: Vec<ImageUrl>,
    /// Landscape images with the title.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub thumb: Vec<ImageUrl>,
    /// Stills of episodes.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub screenshot: Vec<ImageUrl>,
    /// Portraits of people.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub headshot: Vec<ImageUrl>,
    /// Posters of the items on a list.
    #[serde(deserialize_with = "skip_invalid_entries")]
    pub posters: Vec<ImageUrl>,
}

/// An image address as Trakt writes it: usually without a scheme (`walter-r2.trakt.tv/images/...`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ImageUrl(pub String);

impl ImageUrl {
    /// The complete address: `https` unless Trakt (or a simulator on `http://127.0.0.1`) specifies otherwise. `None` if
    /// it is not a web address.
    ///
    /// ```
    /// use trakt::models::ImageUrl;
    ///
    /// let image = ImageUrl("walter-r2.trakt.tv/images/movies/1/posters/medium/a.jpg.webp".into());
    /// assert_eq!(image.absolute().unwrap().scheme(), "https");
    /// let local = ImageUrl("http://127.0.0.1:8899/images/movies/1.png".into());
    /// assert_eq!(local.absolute().unwrap().as_str(), "http://127.0.0.1:8899/images/movies/1.png");
    /// ```
    pub fn absolute(&self) -> Option<Url> {
        let text = self.0.trim();
        let url = if text.contains("://") {
            Url::parse(text)
        } else {
            Url::parse(&format!("https://{}", text.trim_start_matches('/')))
        };
        url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    }
}
