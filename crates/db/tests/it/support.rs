//! Rows used by most tests.

use chrono::DateTime;
use db::{
    Json, Millis, Tx,
    kinds::{OutboxKind, TitleKind},
    outbox::NewOutboxRow,
    rows::{Title, User},
    testing::TestDb,
    titles, users,
};

pub(crate) fn at(seconds: i64) -> Millis {
    Millis::from(DateTime::from_timestamp(seconds, 0).unwrap())
}

pub(crate) fn anna() -> users::NewUser {
    new_user("Anna")
}

pub(crate) fn new_user(name: &str) -> users::NewUser {
    users::NewUser {
        username: name.into(),
        display_name: name.into(),
        password_hash: "secret-hash".into(),
        is_admin: true,
    }
}

pub(crate) fn movie(name: &str) -> Title {
    Title {
        year: Some(1926),
        runtime_minutes: Some(75),
        rating: Some(7.5),
        ..Title::named(TitleKind::Movie, name, &name.to_lowercase(), at(1))
    }
}

/// Adds a user and a movie.
pub(crate) async fn anna_and_a_movie(db: &TestDb) -> (User, Title) {
    let tx = db.begin().await.unwrap();
    let user = users::insert(&tx, anna(), at(1)).await.unwrap();
    let title = add_title(&tx, movie("The General")).await;
    tx.commit().await.unwrap();
    (user, title)
}

pub(crate) async fn add_title(tx: &Tx, title: Title) -> Title {
    titles::insert_many(tx, vec![title]).await.unwrap().remove(0)
}

pub(crate) fn new_message(user: &User, title: &Title, kind: OutboxKind, seconds: i64) -> NewOutboxRow {
    NewOutboxRow {
        user_id: user.id,
        kind,
        title_id: Some(title.id),
        play_id: None,
        playback_session_id: None,
        viewing: 0,
        payload: Json::Null,
        occurred_at: at(seconds),
        next_attempt_at: at(seconds),
    }
}
