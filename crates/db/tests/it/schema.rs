use db::{Conflict, Db, Error, ids::PlayId, testing::test_db, users};
use rstest::rstest;

use crate::support::{anna, anna_and_a_movie, at};

#[tokio::test]
async fn user_names_are_unique_regardless_of_case() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    let added = users::insert(&tx, anna(), at(10)).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(users::find_by_username(&*db, " ANNA").await.unwrap().unwrap(), added);
    let tx = db.begin().await.unwrap();
    let again = users::insert(&tx, users::NewUser { username: "aNNa".into(), ..anna() }, at(11)).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::Username))), "{again:?}");
    assert!(!format!("{added:?}").contains("secret-hash"));
}

#[tokio::test]
async fn a_dropped_transaction_is_rolled_back() {
    let db = test_db().await;
    let tx = db.begin().await.unwrap();
    users::insert(&tx, anna(), at(10)).await.unwrap();
    drop(tx);
    assert_eq!(users::list(&*db).await.unwrap(), []);
}

#[tokio::test]
async fn concurrent_writers_queue_instead_of_failing() {
    let db = test_db().await;
    let writers = (0..40).map(|n| {
        let db = db.handle();
        tokio::spawn(async move {
            let tx = db.begin().await?;
            let name = format!("person {n}");
            users::list(&tx).await?;
            users::insert(&tx, users::NewUser { username: name, ..anna() }, at(n)).await?;
            tx.commit().await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(users::list(&*db).await.unwrap().len(), 40);
}

#[tokio::test]
async fn a_second_node_can_open_the_database() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    let second = db::Db::connect(&db.url()).await.unwrap();
    assert_eq!(users::list(&second).await.unwrap(), [anna]);
    second.close().await.unwrap();
}

const OUTBOX: &str = "INSERT INTO outbox (user_id, kind, title_id, viewing, payload, occurred_at, state, attempts, \
                      next_attempt_at, created_at) VALUES (1, 'scrobble_stop', 1, 0, '{}', 1, ";

#[rstest]
#[case::in_flight_but_never_sent(&format!("{OUTBOX} 'in_flight', 1, 1, 1)"))]
#[case::done_but_not_finished(&format!("{OUTBOX} 'done', 1, 1, 1)"))]
#[case::no_such_state(&format!("{OUTBOX} 'lost', 1, 1, 1)"))]
#[case::a_private_play_on_trakt(
    "INSERT INTO play (user_id, title_id, source, is_private, trakt_history_id, created_at) \
     VALUES (1, 1, 'kinometa', TRUE, 5, 1)"
)]
#[case::progress_over_100(
    "INSERT INTO progress (user_id, title_id, position_ms, duration_ms, percent, is_private, paused_at, updated_at) \
     VALUES (1, 1, 5, 5, 100.5, FALSE, 1, 1)"
)]
#[case::connected_without_a_token(
    "INSERT INTO trakt_account (user_id, state, is_vip, limits, connected_at, updated_at) \
     VALUES (1, 'connected', FALSE, '{}', 1, 1)"
)]
#[case::an_episode_without_a_show(
    "INSERT INTO title (kind, name, sort_name, genres, source, images, created_at, updated_at) \
     VALUES ('episode', 'a', 'a', '[]', 'names', '{}', 1, 1)"
)]
#[case::deleting_a_title_that_was_watched(
    "INSERT INTO play (user_id, title_id, source, is_private, created_at) VALUES (1, 1, 'manual', FALSE, 1); \
     DELETE FROM title"
)]
#[tokio::test]
async fn invalid_rows_are_rejected(#[case] sql: &str) {
    let db = test_db().await;
    anna_and_a_movie(&db).await;
    assert!(db.execute(sql).await.is_err(), "{sql}");
}

#[tokio::test]
async fn deleting_a_user_deletes_only_their_data() {
    let db = test_db().await;
    let (anna, title) = anna_and_a_movie(&db).await;
    db.execute("INSERT INTO play (user_id, title_id, source, is_private, created_at) VALUES (1, 1, 'manual', FALSE, 1)")
        .await
        .unwrap();

    let tx = db.begin().await.unwrap();
    assert!(users::delete(&tx, anna.id).await.unwrap());
    tx.commit().await.unwrap();

    assert_eq!(db::plays::find(&*db, PlayId(1)).await.unwrap(), None);
    assert!(db::titles::find(&*db, title.id).await.unwrap().is_some());
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_not_opened() {
    let db = test_db().await;
    let sql = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_from_the_future', 0)";
    db.execute(sql).await.unwrap();

    let opened = Db::connect(&db.url()).await;

    let error = opened.expect_err("a newer database must not be opened");
    assert!(matches!(&error, Error::Newer(step) if step == "m9999_from_the_future"), "{error}");
}
