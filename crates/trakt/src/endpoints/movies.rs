//! `/movies`.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::{group, public};
use crate::models::{
    Charted, CommunityRating, ItemStats, Movie, PathId, Period, Release, TitlePeople, TraktId, Update, day,
};
use crate::paging::Listing;
use crate::request::{Paged, Read};

group! {
    /// Movies: summaries, charts, updates.
    Movies,
    /// Movies: summaries, charts, updates.
    movies
}

impl Movies {
    /// One movie.
    pub fn summary(&self, id: impl Into<PathId>) -> Read<Movie> {
        self.movie(id.into())
    }

    /// Trakt's rating of a movie.
    pub fn ratings(&self, id: impl Into<PathId>) -> Read<CommunityRating> {
        self.one(id, &["ratings"])
    }

    /// The cast and crew of a movie.
    pub fn people(&self, id: impl Into<PathId>) -> Read<TitlePeople> {
        self.one(id, &["people"])
    }

    /// Activity counts of a movie.
    pub fn stats(&self, id: impl Into<PathId>) -> Read<ItemStats> {
        self.one(id, &["stats"])
    }

    /// The releases of a movie in a country (two letters).
    pub fn releases(&self, id: impl Into<PathId>, country: &str) -> Read<Listing<Release>> {
        self.one(id, &["releases", country])
    }

    /// Movies related to a movie.
    pub fn related(&self, id: impl Into<PathId>) -> Paged<Movie> {
        Paged::new(&self.client, public(["movies".to_owned(), id.into().0, "related".to_owned()]))
    }

    /// Being watched now.
    pub fn trending(&self) -> Paged<Charted<Movie>> {
        self.chart(&["trending"])
    }

    /// The most popular by rating and votes.
    pub fn popular(&self) -> Paged<Movie> {
        Paged::new(&self.client, public(["movies", "popular"]))
    }

    /// The most anticipated: unreleased and on the most lists.
    pub fn anticipated(&self) -> Paged<Charted<Movie>> {
        self.chart(&["anticipated"])
    }

    /// Rising quickly (hot).
    pub fn hot(&self) -> Paged<Charted<Movie>> {
        self.chart(&["hot"])
    }

    /// Watched by the most members.
    pub fn watched(&self, period: Period) -> Paged<Charted<Movie>> {
        self.chart(&["watched", period.as_str()])
    }

    /// Played most often.
    pub fn played(&self, period: Period) -> Paged<Charted<Movie>> {
        self.chart(&["played", period.as_str()])
    }

    /// Collected by the most members.
    pub fn collected(&self, period: Period) -> Paged<Charted<Movie>> {
        self.chart(&["collected", period.as_str()])
    }

    /// Favorited by the most members.
    pub fn favorited(&self, period: Period) -> Paged<Charted<Movie>> {
        self.chart(&["favorited", period.as_str()])
    }

    /// Last weekend's top ten at the US box office.
    pub fn box_office(&self) -> Read<Listing<Charted<Movie>>> {
        Read::new(&self.client, public(["movies", "boxoffice"]))
    }

    /// Movies whose data has changed since a given day.
    pub fn updates(&self, since: DateTime<Utc>) -> Paged<Update<Movie>> {
        Paged::new(&self.client, public(["movies", "updates", &day(since.date_naive())]))
    }

    /// The ids of movies whose data has changed since a given day.
    pub fn updated_ids(&self, since: DateTime<Utc>) -> Paged<TraktId> {
        Paged::new(&self.client, public(["movies", "updates", "id", &day(since.date_naive())]))
    }

    /// Not generic, so that reading a movie is compiled once.
    fn movie(&self, id: PathId) -> Read<Movie> {
        self.one(id, &[])
    }

    fn one<T: DeserializeOwned>(&self, id: impl Into<PathId>, rest: &[&str]) -> Read<T> {
        let path =
            ["movies".to_owned(), id.into().0].into_iter().chain(rest.iter().map(|part| (*part).to_owned()));
        Read::new(&self.client, public(path))
    }

    fn chart(&self, path: &[&str]) -> Paged<Charted<Movie>> {
        Paged::new(&self.client, public(["movies"].iter().chain(path).copied()))
    }
}
