use db::{
    Millis,
    ids::{OutboxId, TitleId, UserId},
};
use rstest::rstest;
use serde_json::json;

use super::*;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_000_000 + seconds, 0).unwrap()
}

/// Returns a scrobble of title 1 in viewing 1 of player "a", at 0.
fn scrobble(id: i64, kind: OutboxKind, progress: f64) -> OutboxRow {
    let payload = json!({
        "format": "scrobble/1", "progress": progress, "position_ms": 1, "duration_ms": 100,
        "started_at": at(-60), "file_id": null
    });
    OutboxRow {
        id: OutboxId(id),
        user_id: UserId(1),
        kind,
        title_id: Some(TitleId(1)),
        play_id: None,
        playback_session_id: Some("a".into()),
        viewing: 1,
        payload,
        occurred_at: Millis::from(at(0)),
        state: OutboxState::Pending,
        attempts: 0,
        next_attempt_at: Millis::from(at(0)),
        sent_at: None,
        error_code: None,
        error_facts: None,
        error_text: None,
        created_at: Millis::from(at(0)),
        finished_at: None,
        withdrawn: false,
        batch: None,
        claimed: None,
        doubtful_since: None,
        missing_since: None,
        verify_at: None,
    }
}

fn start(id: i64) -> OutboxRow {
    scrobble(id, OutboxKind::ScrobbleStart, 10.0)
}

fn stop(id: i64, progress: f64) -> OutboxRow {
    scrobble(id, OutboxKind::ScrobbleStop, progress)
}

fn play(id: i64, watched: serde_json::Value) -> OutboxRow {
    OutboxRow {
        kind: OutboxKind::HistoryAdd,
        payload: json!({"format": "history/1", "watched": watched}),
        playback_session_id: None,
        viewing: 0,
        ..stop(id, 0.0)
    }
}

#[rstest]
#[case::fresh_start_is_sent(vec![start(1)], 60, vec![])]
#[case::late_start_is_never_sent(vec![start(1)], 121, vec![Tidy::Supersede(OutboxId(1))])]
#[case::start_overtaken_by_its_stop(vec![start(1), stop(2, 90.0)], 1, vec![Tidy::Supersede(OutboxId(1))])]
#[case::start_of_another_viewing_stays(vec![start(1), OutboxRow { viewing: 2, ..stop(2, 90.0) }], 1, vec![])]
#[case::two_players_do_not_mix(
    vec![start(1), OutboxRow { playback_session_id: Some("b".into()), ..stop(2, 90.0) }], 1, vec![]
)]
#[case::late_stop_that_counts_becomes_history(vec![stop(1, 80.0)], 121, vec![Tidy::ToHistory(OutboxId(1))])]
#[case::late_stop_that_does_not_count_is_dropped(vec![stop(1, 79.9)], 121, vec![Tidy::Supersede(OutboxId(1))])]
#[case::fresh_stop_is_sent(vec![stop(1, 80.0)], 120, vec![])]
#[case::late_stop_in_doubt_is_looked_up(
    vec![OutboxRow { state: OutboxState::Unknown, ..stop(1, 80.0) }], 9999, vec![]
)]
fn obsolete_scrobbles_are_tidied(
    #[case] rows: Vec<OutboxRow>,
    #[case] now: i64,
    #[case] expected: Vec<Tidy>,
) {
    assert_eq!(tidy(&rows, at(now)), expected);
}

fn waits(row: OutboxRow, seconds: i64) -> OutboxRow {
    OutboxRow { next_attempt_at: Millis::from(at(seconds)), ..row }
}

fn of_title(row: OutboxRow, title_id: i64) -> OutboxRow {
    OutboxRow { title_id: Some(TitleId(title_id)), ..row }
}

#[test]
fn a_waiting_row_holds_back_only_its_own_title() {
    let rows = [waits(stop(1, 90.0), 30), start(2), of_title(start(3), 2)];
    assert!(matches!(pick(&rows, at(0)), Pick::Row(row) if row.id.0 == 3));
    assert_eq!(pick(&rows[..2], at(0)), Pick::Wait(at(30)));
    assert!(matches!(pick(&rows, at(30)), Pick::Row(row) if row.id.0 == 1));
    assert_eq!(pick(&[], at(0)), Pick::Nothing);
}

#[test]
fn a_waiting_scrobble_is_woken_when_it_becomes_late() {
    let late = next_late(&[stop(1, 90.0)], at(0)).unwrap();
    assert_eq!(tidy(&[stop(1, 90.0)], late), [Tidy::ToHistory(OutboxId(1))]);
    assert_eq!(next_late(&[stop(1, 90.0)], late), None);
}

fn sent(row: OutboxRow, state: OutboxState) -> OutboxRow {
    OutboxRow { state, sent_at: Some(Millis::from(at(0))), attempts: 1, ..row }
}

fn ids(bulk: &Bulk) -> Vec<i64> {
    let rows = match bulk {
        Bulk::Withdrawn(row) => vec![row.as_ref().clone()],
        Bulk::Removals(rows) => rows.clone(),
        Bulk::Doubtful(rows) | Bulk::Fresh(rows) | Bulk::Preferences(rows) => rows.clone(),
        Bulk::Nothing => Vec::new(),
    };
    rows.iter().map(|row| row.id.0).collect()
}

#[test]
fn plays_are_sent_together_regardless_of_their_times() {
    let minute = |text: &str| json!({ "at": text });
    let due = [
        play(1, minute("2026-11-21T20:00:05Z")),
        play(2, minute("2019-01-01T20:01:00Z")),
        sent(play(3, minute("2026-11-21T20:00:00Z")), OutboxState::Unknown),
        play(4, json!("released")),
        OutboxRow { withdrawn: true, ..sent(play(5, minute("2026-11-21T20:00:00Z")), OutboxState::Unknown) },
        sent(play(6, minute("2026-11-21T20:00:00Z")), OutboxState::Pending),
        OutboxRow {
            doubtful_since: Some(Millis::from(at(0))),
            attempts: 2,
            ..sent(play(7, minute("2026-11-21T20:00:00Z")), OutboxState::Pending)
        },
    ];
    assert_eq!(ids(&bulk(&due, false)), [1, 2, 4, 6]);
    assert_eq!(ids(&bulk(&due, true)), [1], "sent one by one after a rejection");
    assert!(matches!(bulk(&due[2..], false), Bulk::Doubtful(rows) if rows.len() == 1));
    assert!(matches!(bulk(&due[4..], false), Bulk::Withdrawn(_)));
    assert_eq!(ids(&bulk(&due[6..], false)), [7], "sent alone to get its own response");
    assert_eq!(bulk(&[], false), Bulk::Nothing);
    let many: Vec<OutboxRow> = (1..=150).map(|id| play(id, json!("released"))).collect();
    assert_eq!(ids(&bulk(&many, false)).len(), 100);
}
