//! Merging two rows that are the same title: everything that refers to one refers to the other afterwards.

use db::{
    ids::TitleId,
    kinds::TitleKind,
    rows::{Title, Viewing},
    testing::{sqlite_db, test_db},
    titles, viewings,
};

use crate::support::{add_title, anna_and_a_movie, at};

/// For each column that refers to a title, SQL that inserts a reference to title 1, which is merged into another.
const REFERRING: [(&str, &str); 23] = [
    (
        "collection_item.title_id",
        "INSERT INTO collection (library_id, name, folded_name, labels, created_at, updated_at) \
         VALUES (1, 'A', 'a', '[]', 1, 1); \
         INSERT INTO collection_item (collection_id, title_id, position) VALUES (1, 1, 0)",
    ),
    (
        "collection_plan_item.title_id",
        "INSERT INTO collection_config (path, enabled, scheduled_since, after_scan, credentials, created_at) \
         VALUES ('/c.yml', TRUE, 1, FALSE, '{}', 1); \
         INSERT INTO collection_plan (config_id, library, name, state, deletes, kept, added, reasons, made_at) \
         VALUES (1, 'Movies', 'A', 'waiting', FALSE, 0, 0, '[]', 1); \
         INSERT INTO collection_plan_item (plan_id, title_id, position) VALUES (1, 1, 0)",
    ),
    (
        "credit.title_id",
        "INSERT INTO person (id, name, folded, titles) VALUES (7, 'A', 'a', '[]'); \
         INSERT INTO credit (title_id, position, person_id, kind) VALUES (1, 0, 7, 'cast')",
    ),
    ("file_title.title_id", "INSERT INTO file_title (file_id, title_id, ordinal) VALUES (1, 1, 0)"),
    (
        "list_item.title_id",
        "INSERT INTO list (user_id, kind, source, name, state, followed_at, next_at) \
         VALUES (1, 'personal', 'lists/1', 'A', 'current', 1, 1); \
         INSERT INTO list_item (list_id, title_id, position) VALUES (1, 1, 0)",
    ),
    (
        "match_group.title_id",
        "INSERT INTO match_group (library_id, key, kind, parsed_title, state, title_id, candidates, created_at) \
         VALUES (1, 'a', 'show', 'A', 'pending', 1, '[]', 1)",
    ),
    (
        "outbox.title_id",
        "INSERT INTO outbox (user_id, kind, title_id, viewing, payload, occurred_at, state, attempts, next_attempt_at, \
         created_at, withdrawn) VALUES (1, 'history_add', 1, 0, '{}', 1, 'pending', 0, 1, 1, FALSE)",
    ),
    (
        "play.title_id",
        "INSERT INTO play (user_id, title_id, source, is_private, created_at) VALUES (1, 1, 'manual', FALSE, 1)",
    ),
    (
        "preference.title_id",
        "INSERT INTO preference (user_id, category, title_id, value, changed_at) VALUES (1, 'ratings', 1, 8, 1)",
    ),
    (
        "progress.title_id",
        "INSERT INTO progress (user_id, title_id, position_ms, duration_ms, percent, is_private, paused_at, updated_at) \
         VALUES (1, 1, 5, 10, 50, FALSE, 1, 1)",
    ),
    (
        "recommendation.title_id",
        "INSERT INTO recommendation (user_id, account, title_id, position) VALUES (1, 'anna', 1, 0)",
    ),
    (
        "show_reset.title_id",
        "INSERT INTO show_reset (user_id, account, title_id, reset_at) VALUES (1, 'anna', 1, 1)",
    ),
    (
        "sync_change.title_id",
        "INSERT INTO sync_change (user_id, account, category, direction, what, reason, title_id, amount, changed_at) \
         VALUES (1, 'anna', 'history', 'to_trakt', 'added', 'here', 1, 1, 1)",
    ),
    ("sync_excluded_title.title_id", "INSERT INTO sync_excluded_title (user_id, title_id) VALUES (1, 1)"),
    (
        "sync_plan_item.title_id",
        "INSERT INTO sync_plan (user_id, account, category, direction, state, total, made_at) \
         VALUES (1, 'anna', 'history', 'from_trakt', 'waiting', 1, 1); \
         INSERT INTO sync_plan_item (plan_id, title_id, item) VALUES (1, 1, '{}')",
    ),
    (
        "sync_shadow.title_id",
        "INSERT INTO sync_shadow (user_id, account, category, title_id, here, there) \
         VALUES (1, 'anna', 'ratings', 1, 8, 8)",
    ),
    // The next statement covers this column too.
    ("title.parent_id", ""),
    (
        "title.show_id",
        "INSERT INTO title (kind, parent_id, show_id, season_number, name, sort_name, genres, source, images, \
         created_at, updated_at) VALUES ('season', 1, 1, 1, 'a', 'a', '[]', 'names', '{}', 1, 1)",
    ),
    (
        "title_about.title_id",
        "INSERT INTO title_about (title_id, votes, related, read_at) VALUES (1, '[]', '[]', 1)",
    ),
    (
        "tombstone.title_id",
        "INSERT INTO tombstone (user_id, account, category, title_id, origin, created_at) \
         VALUES (1, 'anna', 'history', 1, 'here', 1)",
    ),
    (
        "trakt_collection_item.title_id",
        "INSERT INTO trakt_collection_item (user_id, account, title_id, sent) VALUES (1, 'anna', 1, '{}')",
    ),
    (
        "trakt_playback.title_id",
        "INSERT INTO trakt_playback (user_id, account, title_id, playback_id, paused_at, is_here) \
         VALUES (1, 'anna', 1, 7, 1, TRUE)",
    ),
    (
        "viewing.title_id",
        "INSERT INTO viewing (user_id, title_id, started_at, played_ms) VALUES (1, 1, 1, 0)",
    ),
];

#[tokio::test]
async fn merging_redirects_all_references_to_the_remaining_title() {
    let db = sqlite_db().await;
    let (_, from) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let into = add_title(&tx, Title::named(TitleKind::Show, "A show", "show", at(1))).await;
    tx.commit().await.unwrap();
    for sql in [
        "UPDATE title SET kind = 'show'",
        "INSERT INTO library (name, kind, path, state, created_at) VALUES ('Shows', 'shows', '/s', 'ok', 1)",
        "INSERT INTO media_file (library_id, path, size, modified_at, state, probe_state, audio, subtitles, parsed, \
         added_at, updated_at) VALUES (1, 'a.mkv', 1, 1, 'present', 'probed', '[]', '[]', '{}', 1, 1)",
    ] {
        db.execute(sql).await.unwrap();
    }
    for (_, sql) in REFERRING.iter().filter(|(_, sql)| !sql.is_empty()) {
        db.execute(sql).await.unwrap();
    }
    let columns: Vec<&str> = REFERRING.iter().map(|(column, _)| *column).collect();
    assert_eq!(
        db.references_to("title").await,
        columns,
        "REFERRING must contain every column that refers to a title"
    );

    let tx = db.begin().await.unwrap();
    titles::merge(&tx, from.id, into.id).await.unwrap();
    tx.commit().await.unwrap();

    for reference in columns {
        let (table, column) = reference.split_once('.').unwrap();
        let referred: Vec<i64> =
            db.column(&format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL")).await;
        assert_eq!(referred, [into.id.0], "{reference}");
    }
}

#[tokio::test]
async fn merging_keeps_the_later_of_two_viewings() {
    let db = test_db().await;
    let (anna, from) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let into = add_title(&tx, crate::support::movie("Another")).await;
    let viewing = |title_id: TitleId, seconds| Viewing {
        user_id: anna.id,
        title_id,
        started_at: at(seconds),
        counted_at: None,
        follows_at: None,
        played_ms: seconds,
    };
    viewings::put(&tx, viewing(from.id, 20)).await.unwrap();
    viewings::put(&tx, viewing(into.id, 10)).await.unwrap();
    titles::merge(&tx, from.id, into.id).await.unwrap();
    let kept = viewings::of_titles(&tx, anna.id, &[from.id, into.id]).await.unwrap();
    assert_eq!(kept, [viewing(into.id, 20)]);
}
