//! The pictures of a title, stored as JSON on its row.

use db::ids::{LibraryId, TitleId};
use model::title::ImageKind;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The pictures of one title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictures {
    /// Poster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Picture>,
    /// Wide picture behind a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Picture>,
    /// Frame of an episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub still: Option<Picture>,
    /// Logo on a transparent background.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
    /// Small wide picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<Picture>,
}

/// One image. A file next to the video takes precedence over Trakt's, because it was put there on purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The file next to the video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<LocalPicture>,
    /// Its address on Trakt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Facts from the last time it was decoded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
}

/// A picture in a library's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalPicture {
    /// The library.
    pub library_id: LibraryId,
    /// Path below its root.
    pub path: String,
    /// Changes when the file changes.
    pub stamp: String,
}

/// Facts of a decoded picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The version that was decoded.
    pub version: String,
    /// Dominant colour as `#rrggbb`.
    pub color: String,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
}

/// Facts about a picture that was just decoded.
pub struct DecodedPicture {
    /// The title that has the picture.
    pub title_id: TitleId,
    /// Which picture.
    pub kind: ImageKind,
    /// Its colour and size.
    pub look: Look,
}

/// Where a picture is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source<'a> {
    /// A file of a library.
    Local(&'a LocalPicture),
    /// An address.
    Remote(&'a str),
}

/// A short name for an image, derived from everything that identifies it.
pub(crate) fn version_of(identity: &str) -> String {
    let digest = Sha256::digest(identity.as_bytes());
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Picture {
    /// A picture from Trakt.
    pub fn remote(url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..Self::default() }
    }

    /// Where to read it from.
    pub fn source(&self) -> Option<Source<'_>> {
        match (&self.local, &self.url) {
            (Some(local), _) => Some(Source::Local(local)),
            (None, Some(url)) => Some(Source::Remote(url)),
            (None, None) => None,
        }
    }

    /// A short name for this picture. It changes with the source, so that addresses can be cached forever.
    pub fn version(&self) -> Option<String> {
        let identity = match self.source()? {
            Source::Local(local) => format!("local {} {} {}", local.library_id, local.path, local.stamp),
            Source::Remote(url) => format!("remote {url}"),
        };
        Some(version_of(&identity))
    }

    /// The look, unless it belongs to an earlier version.
    pub fn current_look(&self) -> Option<&Look> {
        let look = self.look.as_ref()?;
        (self.version()? == look.version).then_some(look)
    }
}

impl Pictures {
    /// Reads the column. Invalid JSON counts as no pictures; the next refresh repairs it.
    pub fn from_json(json: db::Json) -> Self {
        serde_json::from_value(json).unwrap_or_default()
    }

    /// The column's value.
    pub fn to_json(&self) -> db::Json {
        serde_json::to_value(self).expect("pictures can be serialized")
    }

    /// The picture of a kind.
    pub fn get(&self, kind: ImageKind) -> Option<&Picture> {
        match kind {
            ImageKind::Poster => self.poster.as_ref(),
            ImageKind::Backdrop => self.backdrop.as_ref(),
            ImageKind::Still => self.still.as_ref(),
            ImageKind::Logo => self.logo.as_ref(),
            ImageKind::Thumb => self.thumb.as_ref(),
        }
    }

    /// The versions of all pictures.
    pub fn versions(&self) -> Vec<String> {
        [&self.poster, &self.backdrop, &self.still, &self.logo, &self.thumb]
            .into_iter()
            .flatten()
            .filter_map(Picture::version)
            .collect()
    }

    /// The picture of a kind, for changes.
    pub fn slot(&mut self, kind: ImageKind) -> &mut Option<Picture> {
        match kind {
            ImageKind::Poster => &mut self.poster,
            ImageKind::Backdrop => &mut self.backdrop,
            ImageKind::Still => &mut self.still,
            ImageKind::Logo => &mut self.logo,
            ImageKind::Thumb => &mut self.thumb,
        }
    }

    /// Sets the address on Trakt. `None` keeps the known address, because Trakt sometimes omits addresses for a while.
    pub fn set_url(&mut self, kind: ImageKind, url: Option<String>) {
        if let Some(url) = url {
            self.slot(kind).get_or_insert_default().url = Some(url);
        }
    }

    /// Sets or removes the file next to the video.
    pub fn set_local(&mut self, kind: ImageKind, local: Option<LocalPicture>) {
        let slot = self.slot(kind);
        match (local, slot.as_mut()) {
            (Some(local), _) => slot.get_or_insert_default().local = Some(local),
            (None, Some(picture)) => picture.local = None,
            (None, None) => {}
        }
        if slot.as_ref().is_some_and(|picture| picture.source().is_none()) {
            *slot = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(stamp: &str) -> LocalPicture {
        LocalPicture {
            library_id: LibraryId(1),
            path: "Film (2000)/poster.jpg".to_owned(),
            stamp: stamp.to_owned(),
        }
    }

    #[test]
    fn a_local_file_takes_precedence_until_it_is_removed() {
        let mut pictures = Pictures::default();
        pictures.set_url(ImageKind::Poster, Some("https://host/poster.jpg".to_owned()));
        pictures.set_local(ImageKind::Poster, Some(local("1")));
        let poster = pictures.get(ImageKind::Poster).expect("a poster");
        assert_eq!(poster.source(), Some(Source::Local(&local("1"))));
        pictures.set_local(ImageKind::Poster, None);
        let poster = pictures.get(ImageKind::Poster).expect("a poster");
        assert_eq!(poster.source(), Some(Source::Remote("https://host/poster.jpg")));
    }

    #[test]
    fn a_picture_without_a_source_is_removed() {
        let mut pictures = Pictures::default();
        pictures.set_local(ImageKind::Poster, Some(local("1")));
        pictures.set_local(ImageKind::Poster, None);
        assert_eq!(pictures, Pictures::default());
    }

    #[test]
    fn the_version_changes_with_the_source_and_an_old_look_is_ignored() {
        let mut picture = Picture { local: Some(local("1")), ..Picture::default() };
        let first = picture.version().expect("a version");
        picture.look =
            Some(Look { version: first.clone(), color: "#102030".to_owned(), width: 20, height: 30 });
        assert!(picture.current_look().is_some());
        picture.local = Some(local("2"));
        assert_ne!(picture.version(), Some(first));
        assert_eq!(picture.current_look(), None);
    }

    #[test]
    fn pictures_survive_a_round_trip_and_invalid_json_reads_as_none() {
        let mut pictures = Pictures::default();
        pictures.set_url(ImageKind::Logo, Some("https://host/logo.png".to_owned()));
        assert_eq!(Pictures::from_json(pictures.to_json()), pictures);
        assert_eq!(Pictures::from_json("nonsense".into()), Pictures::default());
    }
}
