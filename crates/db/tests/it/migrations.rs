//! Databases of earlier versions can be opened and used.

use db::{
    Db,
    ids::OutboxId,
    kinds::{AccountState, OutboxKind, OutboxState},
    outbox::{self, NewOutboxRow, Settled, StoredFailure},
    testing::{TestDb, earlier_db},
    trakt_accounts,
};
use serde_json::json;

use crate::support::at;

/// The number of migrations before errors were stored as codes with facts.
const BEFORE_FACTS: u32 = 4;

const ROWS: &[&str] = &[
    "INSERT INTO \"user\" (username, username_key, display_name, password_hash, is_admin, preferences, created_at) \
     VALUES ('Anna', 'anna', 'Anna', 'hash', TRUE, '{}', 1)",
    "INSERT INTO title (kind, name, sort_name, genres, source, images, created_at, updated_at) \
     VALUES ('movie', 'Metropolis', 'metropolis', '[]', 'names', '{}', 1, 1)",
    "INSERT INTO play (user_id, title_id, source, is_private, created_at) VALUES (1, 1, 'manual', FALSE, 1)",
    "INSERT INTO outbox (user_id, kind, title_id, play_id, viewing, payload, occurred_at, state, attempts, \
     next_attempt_at, sent_at, error_code, error_text, created_at, finished_at) \
     VALUES (1, 'history_add', 1, 1, 0, '{\"format\": \"history/1\", \"watched\": \"released\"}', 1000, 'failed', 2, \
     2000, 1500, 'locked', 'Trakt has locked your account.', 1000, 2000)",
    "INSERT INTO outbox (user_id, kind, title_id, viewing, payload, occurred_at, state, attempts, next_attempt_at, \
     created_at) VALUES (1, 'scrobble_stop', 1, 1, '{}', 3000, 'pending', 0, 3000, 3000)",
    "INSERT INTO outbox (user_id, kind, title_id, viewing, payload, occurred_at, state, attempts, next_attempt_at, \
     created_at, finished_at) VALUES (1, 'scrobble_start', 1, 1, '{}', 1, 'done', 1, 1, 1, 1)",
    "INSERT INTO trakt_account (user_id, state, username, is_vip, limits, message, updated_at) \
     VALUES (1, 'locked', 'anna', FALSE, '{}', 'Trakt has locked your account.', 1)",
    // The row with the newest ID was already deleted: that ID must not be reused.
    "DELETE FROM outbox WHERE kind = 'scrobble_start'",
];

async fn with_rows() -> TestDb {
    let old = earlier_db(BEFORE_FACTS).await;
    for sql in ROWS {
        old.execute(sql).await.unwrap();
    }
    old
}

#[tokio::test]
async fn the_queue_of_an_earlier_version_keeps_its_rows_and_their_error_texts() {
    let old = with_rows().await;

    let db = Db::connect(&old.url()).await.unwrap();

    let failed = outbox::find(&db, OutboxId(1)).await.unwrap().unwrap();
    assert_eq!(
        (failed.kind, failed.state, failed.attempts),
        (OutboxKind::HistoryAdd, OutboxState::Failed, 2)
    );
    assert_eq!((failed.title_id.unwrap().0, failed.play_id.unwrap().0), (1, 1));
    assert_eq!(failed.payload, json!({"format": "history/1", "watched": "released"}));
    assert_eq!((failed.error_code.as_deref(), failed.error_facts), (Some("locked"), None));
    assert_eq!(failed.error_text.as_deref(), Some("Trakt has locked your account."));
    let account = trakt_accounts::find(&db, failed.user_id).await.unwrap().unwrap();
    assert_eq!((account.state, account.username.as_deref()), (AccountState::Locked, Some("anna")));
    let waiting = outbox::find(&db, OutboxId(2)).await.unwrap().unwrap();
    assert_eq!((waiting.state, waiting.withdrawn, waiting.error_code), (OutboxState::Pending, false, None));
    db.close().await.unwrap();
}

#[tokio::test]
async fn the_queue_of_an_earlier_version_can_be_used() {
    let old = with_rows().await;
    let db = Db::connect(&old.url()).await.unwrap();
    let failed = outbox::find(&db, OutboxId(1)).await.unwrap().unwrap();

    let tx = db.begin().await.unwrap();
    let about_no_title = NewOutboxRow {
        user_id: failed.user_id,
        kind: OutboxKind::HistoryAdd,
        title_id: None,
        play_id: None,
        playback_session_id: None,
        viewing: 0,
        payload: json!({}),
        occurred_at: at(5),
        next_attempt_at: at(5),
    };
    let added = outbox::insert(&tx, about_no_title, at(5)).await.unwrap();
    assert_eq!(added.id, OutboxId(4), "IDs are never reused");
    assert!(outbox::retry(&tx, failed.user_id, failed.id, at(6)).await.unwrap());
    let failure = StoredFailure { code: "locked".into(), facts: json!({}) };
    outbox::settle(&tx, failed.id, &Settled::Failed(failure), at(7)).await.unwrap();
    tx.commit().await.unwrap();

    let failed = outbox::find(&db, failed.id).await.unwrap().unwrap();
    assert_eq!((failed.error_facts, failed.error_text), (Some(json!({})), None), "the old text is removed");
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_failed_message_without_a_reason_is_rejected() {
    let old = with_rows().await;
    let db = Db::connect(&old.url()).await.unwrap();
    assert!(old.execute("UPDATE outbox SET error_text = NULL WHERE id = 1").await.is_err());
    assert!(
        old.execute("UPDATE outbox SET error_text = NULL, error_facts = '{}' WHERE id = 1").await.is_ok()
    );
    db.close().await.unwrap();
}
