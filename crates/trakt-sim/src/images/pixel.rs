//! One transparent pixel for all pictures in the catalogue.

use std::sync::Arc;

use bytes::Bytes;

use crate::catalogue::Catalogue;
use crate::catalogue::people::actor;
use crate::message::{Reply, Request};

const PIXEL: &[u8] = include_bytes!("pixel.png");

#[derive(Default)]
pub(crate) struct Images;

impl Images {
    pub(crate) async fn answer(&self, catalogue: Arc<Catalogue>, request: &Request) -> Reply {
        if exists(&catalogue, &request.segments()) {
            Reply::image("image/png", Bytes::from_static(PIXEL))
        } else {
            Reply::empty(404)
        }
    }
}

/// Returns whether `/images/{kind}/{trakt number}/{file}` refers to something in the catalogue.
fn exists(catalogue: &Catalogue, segments: &[&str]) -> bool {
    let ["images", kind, id, _file] = segments else { return false };
    let Ok(id) = id.parse() else { return false };
    match *kind {
        "movies" => catalogue.movie(id).is_some(),
        "shows" => catalogue.show(id).is_some(),
        "seasons" => catalogue.season(id).is_some(),
        "episodes" => catalogue.episode(id).is_some(),
        "people" => actor(id).is_some(),
        "users" => true,
        _ => false,
    }
}
