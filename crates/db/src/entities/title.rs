//! Movies, shows, seasons and episodes: everything that can be watched refers to these.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::kinds::{TitleKind, TitleSource};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "title")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: TitleKind,
    /// Season to show, episode to season.
    pub parent_id: Option<i64>,
    /// Season and episode to show.
    pub show_id: Option<i64>,
    pub season_number: Option<i32>,
    pub episode_number: Option<i32>,
    pub episode_absolute: Option<i32>,
    pub name: String,
    /// Lower case, without a leading article.
    pub sort_name: String,
    pub original_name: Option<String>,
    pub year: Option<i32>,
    pub overview: Option<String>,
    pub tagline: Option<String>,
    pub runtime_minutes: Option<i32>,
    /// Release of a movie, first airing of the others.
    pub released_at: Option<Millis>,
    pub certification: Option<String>,
    /// Array of slugs.
    pub genres: Json,
    /// 0 to 10.
    pub rating: Option<f64>,
    pub votes: Option<i64>,
    pub country: Option<String>,
    pub language: Option<String>,
    pub network: Option<String>,
    pub status: Option<String>,
    pub trailer: Option<String>,
    /// Unique per kind.
    pub trakt_id: Option<i64>,
    pub slug: Option<String>,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub tvdb_id: Option<i64>,
    /// Where the texts come from.
    pub source: TitleSource,
    /// Addresses by kind: poster, fanart, logo, thumb.
    pub images: Json,
    pub trakt_updated_at: Option<Millis>,
    pub refreshed_at: Option<Millis>,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
    pub created_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
