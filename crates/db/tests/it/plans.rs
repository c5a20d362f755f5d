//! Checks with the query planner that frequent reads, and reads of many rows, use an index.

use db::{
    Db, api_tokens, files,
    ids::{FileId, TitleId, UserId},
    outbox, playback_sessions, plays, progress, sessions,
    testing::sqlite_db,
    timeline, titles, trakt_accounts, users, viewings,
};

use crate::support::at;

async fn hot_reads(db: Db) {
    let (user, title, now) = (UserId(1), TitleId(1), at(10));
    sessions::find_valid(&db, "hash", now).await.unwrap();
    api_tokens::find(&db, "hash").await.unwrap();
    users::find_by_username(&db, "anna").await.unwrap();
    outbox::open_scrobbles(&db, user).await.unwrap();
    outbox::last_of_session(&db, "id").await.unwrap();
    outbox::counts(&db, user).await.unwrap();
    plays::latest(&db, user, title, now).await.unwrap();
    plays::last_played(&db, user, &[title]).await.unwrap();
    plays::played_since(&db, user, &[title], now).await.unwrap();
    plays::find_by_history(&db, user, 5).await.unwrap();
    progress::find(&db, user, title).await.unwrap();
    playback_sessions::find(&db, "id").await.unwrap();
    timeline::page(&db, user, None, 50).await.unwrap();
    timeline::plays_of(&db, user, &[title], 10).await.unwrap();
    timeline::play_counts(&db, user).await.unwrap();
    timeline::play_counts_of(&db, user, &[title]).await.unwrap();
    timeline::progress_of_titles(&db, user, &[title]).await.unwrap();
    timeline::progress_of(&db, user).await.unwrap();
    titles::find(&db, title).await.unwrap();
    titles::of_show(&db, title).await.unwrap();
    viewings::of_titles(&db, user, &[title]).await.unwrap();
    files::titles_of(&db, FileId(1)).await.unwrap();
    trakt_accounts::find(&db, user).await.unwrap();
}

/// The number of statements that [`hot_reads`] runs: one for each read, and two for a page of the timeline.
const HOT_READS: usize = 24;

/// Returns the steps that read a whole table, with their statements.
fn table_scans(plans: &[(String, Vec<String>)]) -> Vec<String> {
    let steps = plans.iter().flat_map(|(sql, steps)| steps.iter().map(move |step| (sql, step)));
    // SCAN reads a whole table, unless it reads an index that contains all columns of the query.
    let scans = steps.filter(|(_, step)| step.starts_with("SCAN") && !step.contains("USING COVERING INDEX"));
    scans.map(|(sql, step)| format!("{step}\nin {sql}")).collect()
}

#[tokio::test]
async fn hot_reads_use_an_index() {
    let plans = sqlite_db().await.plans_of(hot_reads).await;
    assert_eq!(plans.len(), HOT_READS);
    assert!(plans.iter().all(|(_, steps)| !steps.is_empty()));
    assert_eq!(table_scans(&plans), [] as [String; 0]);
}

#[tokio::test]
async fn a_read_of_a_whole_table_is_detected() {
    let read_all = async |db: Db| drop(titles::catalogue(&db).await.unwrap());
    let plans = sqlite_db().await.plans_of(read_all).await;
    assert_eq!(table_scans(&plans).len(), 1);
}

#[tokio::test]
async fn a_page_of_the_timeline_is_read_in_index_order() {
    let pages = async |db: Db| {
        let places = [Some(at(10)), None];
        for watched_at in places {
            let place = timeline::TimelineCursor { watched_at, id: db::ids::PlayId(7) };
            timeline::page(&db, UserId(1), Some(place), 50).await.unwrap();
        }
        timeline::page(&db, UserId(1), None, 50).await.unwrap();
    };
    let plans = sqlite_db().await.plans_of(pages).await;
    let sorts: Vec<_> =
        plans.iter().flat_map(|(_, steps)| steps).filter(|step| step.contains("TEMP B-TREE")).collect();
    assert!(sorts.is_empty(), "{plans:#?}");
}

#[tokio::test]
async fn plays_are_counted_with_a_covering_index() {
    let counts = async |db: Db| drop(timeline::play_counts(&db, UserId(1)).await.unwrap());
    let plans = sqlite_db().await.plans_of(counts).await;
    assert!(plans[0].1.iter().all(|step| step.contains("COVERING INDEX")), "{plans:#?}");
}
