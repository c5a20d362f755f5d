//! `/recommendations`.

use reqwest::Method;

use super::{group, own};
use crate::client::Call;
use crate::error::Result;
use crate::models::{Movie, PathId, Show};
use crate::paging::Listing;
use crate::request::Read;

group! {
    /// What Trakt recommends to the connected account.
    Recommendations,
    /// What Trakt recommends to the connected account.
    recommendations
}

impl Recommendations {
    /// Up to `limit` movies (at most 100), best first.
    pub fn movies(&self, limit: u32) -> Read<Listing<Movie>> {
        Read::new(&self.client, own(["recommendations", "movies"])).query("limit", limit)
    }

    /// Up to `limit` shows (at most 100), best first.
    pub fn shows(&self, limit: u32) -> Read<Listing<Show>> {
        Read::new(&self.client, own(["recommendations", "shows"])).query("limit", limit)
    }

    /// Excludes this movie from recommendations.
    pub async fn hide_movie(&self, id: impl Into<PathId>) -> Result<()> {
        self.hide("movies", id.into()).await
    }

    /// Excludes this show from recommendations.
    pub async fn hide_show(&self, id: impl Into<PathId>) -> Result<()> {
        self.hide("shows", id.into()).await
    }

    async fn hide(&self, kind: &str, id: PathId) -> Result<()> {
        self.client.run(&Call::write(Method::DELETE, ["recommendations", kind, &id.0])).await
    }
}
