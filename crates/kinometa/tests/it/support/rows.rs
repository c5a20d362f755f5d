//! Creates rows that requests cannot create, or only with real files. Prefer a request if there is one.

use chrono::{DateTime, Utc};
use db::ids::UserId;
use db::kinds::{PlaySource, TitleKind};
use db::rows::{Play, Title};
use sync::outbox::enqueue_history;

use super::TestApp;

/// Adds a movie without a file, optionally with an ID on Trakt.
pub async fn movie(app: &TestApp, name: &str, trakt_id: Option<i64>) -> Title {
    let named = Title::named(TitleKind::Movie, name, &name.to_lowercase(), app.state().now().into());
    let row = Title { trakt_id, ..named };
    let tx = app.state().db().begin().await.unwrap();
    let title = db::titles::insert_many(&tx, vec![row]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    title
}

/// Adds a play with its outbox row in one transaction, as the services do.
pub async fn add_queued_play(
    app: &TestApp,
    user_id: UserId,
    title: &Title,
    watched_at: DateTime<Utc>,
) -> Play {
    let state = app.state();
    let link = state.engine().link(user_id).await.unwrap();
    let tx = state.db().begin().await.unwrap();
    let new = db::plays::NewPlay {
        user_id,
        title_id: title.id,
        watched_at: Some(watched_at.into()),
        source: PlaySource::Manual,
        file_id: None,
        is_private: false,
        trakt_history_id: None,
    };
    let play = db::plays::insert(&tx, new, state.now().into()).await.unwrap();
    let when = sync::outbox::payload::When::At(watched_at);
    enqueue_history(&tx, std::slice::from_ref(&play), when, link, state.now()).await.unwrap();
    tx.commit().await.unwrap();
    play
}
