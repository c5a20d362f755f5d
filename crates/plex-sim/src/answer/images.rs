//! Posters, backgrounds, square art and themes.

use hyper::Method;
use sha2::{Digest, Sha256};

use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome};
use crate::element::Element;
use crate::message::Answer;
use crate::state::{Images, Rejection};

/// The maximum image size in bytes.
const MAX_SIZE: usize = 10 * 1024 * 1024;

/// The list of images that a path segment refers to, and whether it refers to the whole list.
fn image_list(name: &str) -> Option<(&'static str, bool)> {
    Some(match name {
        "posters" => ("posters", true),
        "arts" => ("arts", true),
        "squareArts" => ("squareArts", true),
        "themes" => ("themes", true),
        "poster" | "thumb" => ("posters", false),
        "art" => ("arts", false),
        "squareArt" => ("squareArts", false),
        "theme" => ("themes", false),
        _ => return None,
    })
}

impl Call<'_> {
    pub(super) fn images(&mut self, key: u64, name: &str) -> Outcome {
        let (list, plural) = image_list(name).ok_or(NOT_FOUND)?;
        match (self.method().clone(), plural) {
            (Method::GET, true) => {
                let images = self.images_of(key, list)?.clone();
                let uploads = images.uploads.iter().collect();
                Ok(Answer::Tree(
                    self.page(None, uploads, |upload: &&String| view(key, list, upload, &images)),
                ))
            }
            (Method::POST, true) => self.upload(key, list),
            (Method::PUT, false) => {
                let wanted = self.request.query("url").ok_or(BAD_REQUEST)?.to_owned();
                let now = self.store.tick();
                let images = self.images_of(key, list)?;
                if !images.uploads.contains(&wanted) {
                    return Err(NOT_FOUND);
                }
                (images.selected, images.changed) = (Some(wanted), now);
                Ok(Answer::Done)
            }
            (Method::DELETE, false) => {
                let images = self.images_of(key, list)?;
                images.selected = None;
                Ok(Answer::Done)
            }
            _ => Err(NOT_FOUND),
        }
    }

    fn upload(&mut self, key: u64, list: &'static str) -> Outcome {
        let content = match self.request.query("url") {
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => url.as_bytes().to_vec(),
            Some(_) => return Err(BAD_REQUEST),
            None if self.request.body.is_empty() => return Err(BAD_REQUEST),
            None if self.request.body.len() > MAX_SIZE => return Err((413, "Payload Too Large")),
            None => self.request.body.to_vec(),
        };
        let name: String =
            Sha256::digest(content).iter().take(20).map(|byte| format!("{byte:02x}")).collect();
        let upload = format!("upload://{list}/{name}");
        let now = self.store.tick();
        let images = self.images_of(key, list)?;
        if !images.uploads.contains(&upload) {
            images.uploads.push(upload.clone());
        }
        (images.selected, images.changed) = (Some(upload), now);
        Ok(Answer::Done)
    }

    fn images_of(&mut self, key: u64, list: &str) -> Result<&mut Images, Rejection> {
        let store = &mut *self.store;
        let all = if let Some(item) = store.items.get_mut(&key) {
            &mut item.images
        } else if let Some(collection) = store.collections.get_mut(&key) {
            &mut collection.images
        } else {
            &mut store.playlists.get_mut(&key).ok_or(NOT_FOUND)?.images
        };
        Ok(all.entry(list.to_owned()).or_default())
    }
}

fn view(key: u64, list: &str, upload: &str, images: &Images) -> Element {
    Element::new(if list == "themes" { "Track" } else { "Photo" })
        .with("key", format!("/library/metadata/{key}/file?url={upload}"))
        .with("ratingKey", upload)
        .with("selected", images.selected.as_deref() == Some(upload))
        .with("thumb", format!("/library/metadata/{key}/file?url={upload}"))
}
