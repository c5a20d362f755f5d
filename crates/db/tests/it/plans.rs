//! Asks the query planner whether the reads that run often, or over many rows, have an index.

use db::{
    Db, api_tokens,
    ids::{TitleId, UserId},
    outbox, playback_sessions, plays, progress, sessions,
    testing::test_db,
    timeline, titles, trakt_accounts, users,
};

use crate::support::at;

async fn hot_reads(db: Db) {
    let (user, title, now) = (UserId(1), TitleId(1), at(10));
    sessions::find_valid(&db, "hash", now).await.unwrap();
    api_tokens::find(&db, "hash").await.unwrap();
    users::find_by_username(&db, "anna").await.unwrap();
    outbox::open_scrobbles(&db, user).await.unwrap();
    outbox::last_of_session(&db, "id").await.unwrap();
    outbox::open_of_title(&db, user, title).await.unwrap();
    outbox::counts(&db, user).await.unwrap();
    plays::latest(&db, user, title, now).await.unwrap();
    plays::find_by_history(&db, user, 5).await.unwrap();
    progress::find(&db, user, title).await.unwrap();
    playback_sessions::find(&db, "id").await.unwrap();
    timeline::page(&db, user, None, 50).await.unwrap();
    timeline::plays_of(&db, user, &[title], 10).await.unwrap();
    timeline::progress_of(&db, user).await.unwrap();
    titles::find(&db, title).await.unwrap();
    titles::of_show(&db, title).await.unwrap();
    trakt_accounts::find(&db, user).await.unwrap();
}

#[tokio::test]
async fn hot_reads_use_an_index() {
    let db = test_db().await;
    for (sql, steps) in db.plans_of(hot_reads).await {
        for step in steps {
            // SCAN reads a whole table, unless it walks an index that has everything the query asks for.
            assert!(!step.starts_with("SCAN") || step.contains("USING COVERING INDEX"), "{step}\nin {sql}");
        }
    }
}
