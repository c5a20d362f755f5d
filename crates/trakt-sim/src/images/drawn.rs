//! Artwork, drawn on request and cached by path.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::art::{ArtRequest, Kind, render};
use crate::catalogue::Catalogue;
use crate::catalogue::people::actor;
use crate::message::{Reply, Request};

/// Size of the cache; it is cleared when it would grow beyond this.
const CACHE_BYTES: usize = 16 * 1024 * 1024;

#[derive(Default)]
struct Cache {
    images: HashMap<String, Bytes>,
    bytes: usize,
}

/// Drawn artwork by path.
#[derive(Default)]
pub(crate) struct Images {
    cache: Mutex<Cache>,
}

impl Images {
    /// Draws on a blocking thread, without holding the store's lock.
    pub(crate) async fn answer(&self, catalogue: Arc<Catalogue>, request: &Request) -> Reply {
        let Some(art) = wanted(&catalogue, &request.segments()) else { return Reply::empty(404) };
        let media_type = art.kind.media_type();
        if let Some(bytes) = self.cached(&request.path) {
            return Reply::image(media_type, bytes);
        }
        match tokio::task::spawn_blocking(move || Bytes::from(render(&art))).await {
            Ok(bytes) => {
                self.store(&request.path, &bytes);
                Reply::image(media_type, bytes)
            }
            Err(_) => Reply::empty(500),
        }
    }

    fn cached(&self, path: &str) -> Option<Bytes> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).images.get(path).cloned()
    }

    fn store(&self, path: &str, bytes: &Bytes) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.bytes + bytes.len() > CACHE_BYTES {
            *cache = Cache::default();
        }
        cache.bytes += bytes.len();
        cache.images.insert(path.to_owned(), bytes.clone());
    }
}

/// Returns the picture for `/images/{kind}/{trakt number}/{variant}.jpg`.
fn wanted(catalogue: &Catalogue, segments: &[&str]) -> Option<ArtRequest> {
    let ["images", of, id, file] = segments else { return None };
    let (id, variant) = (id.parse().ok()?, file.split_once('.')?.0);
    let kind = match variant {
        "poster" => Kind::Poster,
        "fanart" => Kind::Fanart,
        "thumb" | "screenshot" => Kind::Thumb,
        "banner" => Kind::Banner,
        "logo" => Kind::Logo,
        "avatar" | "headshot" => Kind::Headshot,
        _ => return None,
    };
    match *of {
        "movies" => Some(ArtRequest::of_title(kind, &catalogue.movie(id)?.facts)),
        "shows" => Some(ArtRequest::of_title(kind, &catalogue.show(id)?.facts)),
        "seasons" => {
            let (show, season) = catalogue.season(id)?;
            Some(if kind == Kind::Poster {
                ArtRequest::of_season(show, season)
            } else {
                ArtRequest::of_title(kind, &show.facts)
            })
        }
        "episodes" => catalogue.episode(id).map(|found| ArtRequest::of_episode(found.show, &found.episode)),
        "people" => headshot(id),
        "users" => Some(avatar(id)),
        _ => None,
    }
}

fn avatar(id: u64) -> ArtRequest {
    portrait(format!("user-{id}"), (256, 256))
}

/// Returns the portrait of an invented actor.
fn headshot(id: u64) -> Option<ArtRequest> {
    Some(portrait(actor(id)?.slug, Kind::Headshot.size()))
}

fn portrait(key: String, (width, height): (u32, u32)) -> ArtRequest {
    ArtRequest {
        kind: Kind::Headshot,
        title: String::new(),
        subtitle: None,
        key,
        genres: Vec::new(),
        year: None,
        motif: None,
        width,
        height,
    }
}
