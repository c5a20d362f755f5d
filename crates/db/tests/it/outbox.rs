use db::{
    ids::{OutboxId, PlayId, UserId},
    kinds::{OutboxKind, OutboxState},
    outbox::{self, Counts, Lane, Settled, StoredFailure},
    plays,
    testing::{TestDb, test_db},
    withdrawals,
};
use serde_json::json;

use crate::support::{anna_and_a_movie, at, new_message};

fn failure() -> StoredFailure {
    StoredFailure { code: "rate_limited".into(), facts: json!({"until": "2026-11-21T20:00:00Z"}) }
}

async fn settle(db: &TestDb, id: OutboxId, settled: Settled, seconds: i64) {
    let tx = db.begin().await.unwrap();
    outbox::settle(&tx, id, &settled, at(seconds)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn claim(db: &TestDb, ids: &[OutboxId], seconds: i64) -> Vec<OutboxId> {
    let tx = db.begin().await.unwrap();
    let claimed = outbox::claim(&tx, ids, at(seconds)).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

#[tokio::test]
async fn a_row_is_claimed_only_once_per_attempt() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let row =
        outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::HistoryAdd, 10), at(10)).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(claim(&db, &[row.id], 11).await, [row.id]);
    assert_eq!(claim(&db, &[row.id], 12).await, [] as [OutboxId; 0], "a claimed row cannot be claimed again");
    let in_flight = outbox::find(&*db, row.id).await.unwrap().unwrap();
    assert_eq!(
        (in_flight.state, in_flight.attempts, in_flight.sent_at),
        (OutboxState::InFlight, 1, Some(at(11)))
    );

    settle(&db, row.id, Settled::Retry(at(60), failure()), 12).await;
    assert_eq!(outbox::next_bulk_due(&*db, anna.id).await.unwrap(), Some(at(60)));
    assert_eq!(claim(&db, &[row.id], 60).await, [row.id]);
    settle(&db, row.id, Settled::Done, 61).await;
    let done = outbox::find(&*db, row.id).await.unwrap().unwrap();
    assert_eq!((done.state, done.error_code, done.finished_at), (OutboxState::Done, None, Some(at(61))));
    assert_eq!((done.error_facts, done.error_text), (None, None));
    assert_eq!(outbox::next_bulk_due(&*db, anna.id).await.unwrap(), None);
}

#[tokio::test]
async fn in_flight_rows_become_unknown_after_a_crash() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let row =
        outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::HistoryAdd, 10), at(10)).await.unwrap();
    let waiting =
        outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::HistoryAdd, 10), at(10)).await.unwrap();
    outbox::claim(&tx, &[row.id], at(11)).await.unwrap();
    assert_eq!(outbox::recover(&tx, anna.id, Lane::Live, at(20)).await.unwrap(), 0);
    assert_eq!(outbox::recover(&tx, anna.id, Lane::Bulk, at(20)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let states: Vec<_> = outbox::due_bulk(&*db, anna.id, at(20), 10).await.unwrap();
    let states: Vec<_> = states.iter().map(|row| (row.id, row.state)).collect();
    assert_eq!(states, [(row.id, OutboxState::Unknown), (waiting.id, OutboxState::Pending)]);
}

#[tokio::test]
async fn a_failed_row_waits_until_the_user_retries_or_discards_it() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let row =
        outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::HistoryAdd, 10), at(10)).await.unwrap();
    outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::ScrobbleStart, 12), at(12)).await.unwrap();
    outbox::settle(&tx, row.id, &Settled::Failed(failure()), at(20)).await.unwrap();
    assert_eq!(outbox::counts(&tx, anna.id).await.unwrap(), Counts { pending: 1, failed: 1 });
    assert_eq!(outbox::queue(&tx, anna.id, 0, 10).await.unwrap().len(), 2);
    assert_eq!(outbox::open_scrobbles(&tx, anna.id).await.unwrap().len(), 1);

    assert!(
        !outbox::retry(&tx, UserId(anna.id.0 + 1), row.id, at(30)).await.unwrap(),
        "a user cannot retry another user's row"
    );
    assert!(outbox::retry(&tx, anna.id, row.id, at(30)).await.unwrap());
    assert_eq!(outbox::counts(&tx, anna.id).await.unwrap(), Counts { pending: 2, failed: 0 });
    assert!(outbox::discard(&tx, anna.id, row.id).await.unwrap());
    assert_eq!(outbox::find(&tx, row.id).await.unwrap(), None);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_withdrawn_message_is_never_sent_again() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let play = plays::NewPlay {
        user_id: anna.id,
        title_id: movie.id,
        watched_at: Some(at(10)),
        source: db::kinds::PlaySource::Manual,
        file_id: None,
        is_private: false,
        trakt_history_id: None,
    };
    let play = plays::insert(&tx, play, at(10)).await.unwrap();
    let about = outbox::NewOutboxRow {
        play_id: Some(play.id),
        ..new_message(&anna, &movie, OutboxKind::HistoryAdd, 10)
    };
    let unsent = outbox::insert(&tx, about.clone(), at(10)).await.unwrap();
    assert_eq!(withdrawals::about_play(&tx, play.id).await.unwrap(), std::slice::from_ref(&unsent));
    withdrawals::drop_unsent(&tx, &unsent).await.unwrap();
    assert_eq!(outbox::open_count(&tx, anna.id).await.unwrap(), 0);

    let sent = outbox::insert(&tx, about, at(11)).await.unwrap();
    outbox::claim(&tx, &[sent.id], at(12)).await.unwrap();
    withdrawals::withdraw(&tx, sent.id, at(12)).await.unwrap();
    let row = outbox::find_for_update(&tx, sent.id).await.unwrap().unwrap();
    assert_eq!((row.state, row.withdrawn, row.play_id), (OutboxState::InFlight, true, None));
    outbox::recover(&tx, anna.id, Lane::Live, at(12)).await.unwrap();
    assert_eq!(outbox::claim(&tx, &[sent.id], at(12)).await.unwrap(), [] as [OutboxId; 0]);
    outbox::settle(&tx, sent.id, &Settled::Done, at(13)).await.unwrap();
    withdrawals::withdraw(&tx, sent.id, at(12)).await.unwrap();
    let row = outbox::find(&tx, sent.id).await.unwrap().unwrap();
    assert_eq!(
        (row.state, row.finished_at),
        (OutboxState::Unknown, None),
        "it has to be checked whether the message arrived"
    );
    outbox::settle(&tx, sent.id, &Settled::Done, at(13)).await.unwrap();
    plays::set_history(&tx, play.id, 99).await.unwrap();
    assert_eq!(plays::known_history(&tx, anna.id, &[98, 99]).await.unwrap(), [99]);
    assert_eq!(plays::find_by_history(&tx, anna.id, 99).await.unwrap().unwrap().id, play.id);
    assert_eq!(outbox::prune(&tx, at(14)).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_late_scrobble_becomes_a_history_entry() {
    let db = test_db().await;
    let (anna, movie) = anna_and_a_movie(&db).await;
    db.execute("INSERT INTO play (user_id, title_id, source, is_private, created_at) VALUES (1, 1, 'manual', FALSE, 1)")
        .await
        .unwrap();
    let tx = db.begin().await.unwrap();
    let row =
        outbox::insert(&tx, new_message(&anna, &movie, OutboxKind::ScrobbleStop, 10), at(10)).await.unwrap();
    outbox::convert_to_history(&tx, row.id, PlayId(1), json!({"v": 1}), false, at(20)).await.unwrap();
    tx.commit().await.unwrap();
    let row = outbox::find(&*db, row.id).await.unwrap().unwrap();
    assert_eq!(
        (row.kind, row.play_id, row.payload),
        (OutboxKind::HistoryAdd, Some(PlayId(1)), json!({"v": 1}))
    );
}
