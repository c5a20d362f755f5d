//! Movies, shows, seasons and episodes: everything that can be watched refers to these.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::TitleId;
use crate::kinds::{TitleKind, TitleSource};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "title")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: TitleId,
    pub kind: TitleKind,
    /// The season's show or the episode's season.
    pub parent_id: Option<TitleId>,
    /// The show of a season or episode.
    pub show_id: Option<TitleId>,
    pub season_number: Option<i32>,
    pub episode_number: Option<i32>,
    pub episode_absolute: Option<i32>,
    pub name: String,
    /// Lowercase, without a leading article.
    pub sort_name: String,
    pub original_name: Option<String>,
    pub year: Option<i32>,
    pub overview: Option<String>,
    pub tagline: Option<String>,
    pub runtime_minutes: Option<i32>,
    /// A movie's release; the first airing of other titles.
    pub released_at: Option<Millis>,
    pub certification: Option<String>,
    /// Array of slugs.
    pub genres: Json,
    /// 0 to 10.
    pub rating: Option<f64>,
    pub votes: Option<i64>,
    pub country: Option<String>,
    /// The time zone in which a show airs, as an IANA name.
    pub time_zone: Option<String>,
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
    /// The source of the texts.
    pub source: TitleSource,
    /// URLs by kind: poster, fanart, logo, thumb.
    pub images: Json,
    pub trakt_updated_at: Option<Millis>,
    pub refreshed_at: Option<Millis>,
    /// When its newest file was added.
    pub added_at: Option<Millis>,
    pub created_at: Millis,
    pub updated_at: Millis,
}

impl Model {
    /// Creates a title that has only a name. The database assigns its ID.
    pub fn named(kind: TitleKind, name: &str, sort_name: &str, now: Millis) -> Self {
        Self {
            id: TitleId::NEW,
            kind,
            parent_id: None,
            show_id: None,
            season_number: None,
            episode_number: None,
            episode_absolute: None,
            sort_name: sort_name.to_owned(),
            name: name.to_owned(),
            original_name: None,
            year: None,
            overview: None,
            tagline: None,
            runtime_minutes: None,
            released_at: None,
            certification: None,
            genres: Json::Array(Vec::new()),
            rating: None,
            votes: None,
            country: None,
            time_zone: None,
            language: None,
            network: None,
            status: None,
            trailer: None,
            trakt_id: None,
            slug: None,
            imdb_id: None,
            tmdb_id: None,
            tvdb_id: None,
            source: TitleSource::Names,
            images: Json::Object(serde_json::Map::new()),
            trakt_updated_at: None,
            refreshed_at: None,
            added_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
