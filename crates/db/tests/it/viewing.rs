use db::{
    ids::{FileId, UserId},
    kinds::PlaybackState,
    playback_sessions, plays, progress,
    rows::{PlaybackSession, Progress},
    testing::{TestDb, test_db},
};
use serde_json::json;

use crate::support::{anna_and_a_movie, at};

async fn add_file(db: &TestDb) {
    db.execute("INSERT INTO library (name, kind, path, state, created_at) VALUES ('Movies', 'movies', '/m', 'ok', 1)")
        .await
        .unwrap();
    db.execute(
        "INSERT INTO media_file (library_id, path, size, modified_at, state, probe_state, audio, subtitles, parsed, \
         added_at, updated_at) VALUES (1, 'a.mkv', 1, 1, 'present', 'probed', '[]', '[]', '{}', 1, 1)",
    )
    .await
    .unwrap();
}

fn player(id: &str, user_id: UserId, seconds: i64) -> PlaybackSession {
    PlaybackSession {
        id: id.into(),
        user_id,
        file_id: FileId(1),
        is_private: false,
        state: PlaybackState::Playing,
        position_ms: 0,
        duration_ms: 1000,
        last_seq: 0,
        last_event_at: at(seconds),
        started_at: at(seconds),
        stopped_at: None,
        machine: json!({}),
        companion_of: None,
    }
}

#[tokio::test]
async fn silent_players_are_found_and_stopped_ones_deleted() {
    let db = test_db().await;
    let (anna, _) = anna_and_a_movie(&db).await;
    add_file(&db).await;
    let tx = db.begin().await.unwrap();
    playback_sessions::insert(&tx, player("quiet", anna.id, 10)).await.unwrap();
    playback_sessions::insert(&tx, player("lively", anna.id, 90)).await.unwrap();
    let silent = playback_sessions::silent(&tx, at(60), at(3600)).await.unwrap();
    assert_eq!(silent.iter().map(|player| player.id.as_str()).collect::<Vec<_>>(), ["quiet"]);

    let quiet = playback_sessions::find_for_update(&tx, "quiet").await.unwrap().unwrap();
    let stopped = PlaybackSession { state: PlaybackState::Stopped, stopped_at: Some(at(10)), ..quiet };
    playback_sessions::update(&tx, stopped).await.unwrap();
    assert_eq!(playback_sessions::silent(&tx, at(60), at(3600)).await.unwrap(), []);
    assert_eq!(playback_sessions::live(&tx, anna.id).await.unwrap().len(), 1);
    assert_eq!(playback_sessions::prune(&tx, at(60)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(playback_sessions::find(&*db, "quiet").await.unwrap(), None);
}

#[tokio::test]
async fn a_resume_point_can_be_replaced_and_deleted() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let point = |position_ms| Progress {
        user_id: anna.id,
        title_id: movie.id,
        position_ms,
        duration_ms: 1000,
        percent: position_ms as f64 / 10.0,
        file_id: None,
        is_private: false,
        paused_at: at(10),
        updated_at: at(10),
    };
    let tx = db.begin().await.unwrap();
    progress::put(&tx, point(100)).await.unwrap();
    progress::put(&tx, point(500)).await.unwrap();
    assert_eq!(progress::find(&tx, anna.id, movie.id).await.unwrap(), Some(point(500)));
    assert!(progress::delete(&tx, anna.id, movie.id).await.unwrap());
    assert!(!progress::delete(&tx, anna.id, movie.id).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_latest_play_of_a_title_is_found_by_time() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    for seconds in [50, 20] {
        let play = plays::NewPlay {
            user_id: anna.id,
            title_id: movie.id,
            watched_at: Some(at(seconds)),
            source: db::kinds::PlaySource::Kinometa,
            file_id: None,
            is_private: false,
            trakt_history_id: None,
        };
        plays::insert(&tx, play, at(60)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let latest = plays::latest(&*db, anna.id, movie.id, at(10)).await.unwrap().unwrap();
    assert_eq!(latest.watched_at, Some(at(50)));
    assert_eq!(plays::latest(&*db, anna.id, movie.id, at(51)).await.unwrap(), None);
}
