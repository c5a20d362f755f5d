//! Statistics of a user's plays.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::{TitleId, UserId},
    kinds::{PlaySource, TitleKind},
    plays,
    statistics::{self, DayCount, HourCount, Offset, Span, TitleCount},
    testing::{TestDb, test_db},
    timeline,
};

use crate::support::{add_title, anna_and_a_movie, at, movie, new_user};

fn time(text: &str) -> Millis {
    Millis::from(text.parse::<DateTime<Utc>>().unwrap())
}

async fn add_plays(db: &TestDb, user_id: UserId, title_id: TitleId, times: &[Option<&str>]) {
    let tx = db.begin().await.unwrap();
    for watched_at in times {
        let play = plays::NewPlay {
            user_id,
            title_id,
            watched_at: watched_at.map(time),
            source: PlaySource::Manual,
            file_id: None,
            is_private: false,
            trakt_history_id: None,
        };
        plays::insert(&tx, play, at(1)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The offsets of Amsterdam: one hour ahead of UTC, and two from 29 March 2026.
fn amsterdam() -> [Offset; 2] {
    [
        Offset { from: time("1927-01-01T00:00:00Z"), ahead_ms: 3_600_000 },
        Offset { from: time("2026-03-29T01:00:00Z"), ahead_ms: 7_200_000 },
    ]
}

#[tokio::test]
async fn plays_are_counted_by_local_day_and_hour() {
    let db = test_db().await;
    let (anna, general) = anna_and_a_movie(&db).await;
    let times = [
        Some("1927-01-10T20:00:00Z"),
        // Saturday in UTC, Sunday in Amsterdam.
        Some("2026-03-28T23:30:00Z"),
        Some("2026-03-29T22:30:00Z"),
        None,
    ];
    add_plays(&db, anna.id, general.id, &times).await;
    let tx = db.begin().await.unwrap();
    let robin = db::users::insert(&tx, new_user("Robin"), at(1)).await.unwrap();
    tx.commit().await.unwrap();
    add_plays(&db, robin.id, general.id, &[Some("2026-03-28T12:00:00Z")]).await;

    let mut days = statistics::by_day(&*db, anna.id, &amsterdam()).await.unwrap();
    days.sort_by_key(|day| day.day);
    let day = |day, plays| DayCount { day, kind: TitleKind::Movie, plays, minutes: 75 * plays };
    // 10 January 1927, 29 and 30 March 2026.
    assert_eq!(days, [day(-15_697, 1), day(20_541, 1), day(20_542, 1)]);

    let mut hours = statistics::by_hour(&*db, anna.id, &amsterdam(), None).await.unwrap();
    hours.sort_by_key(|hour| (hour.weekday, hour.hour));
    let hour = |weekday, hour| HourCount { weekday, hour, plays: 1, minutes: 75 };
    assert_eq!(hours, [hour(0, 0), hour(0, 21), hour(6, 0)]);

    let span = Span { from: time("2026-03-28T23:30:00Z"), until: time("2026-03-29T22:30:00Z") };
    let hours = statistics::by_hour(&*db, anna.id, &amsterdam(), Some(span)).await.unwrap();
    assert_eq!(hours, [hour(6, 0)], "the end of a span is not part of it");
    let titles = statistics::by_title(&*db, anna.id, Some(span)).await.unwrap();
    assert_eq!(titles, [TitleCount { title_id: general.id, plays: 1 }]);
    let extent = statistics::extent(&*db, anna.id).await.unwrap();
    assert_eq!(extent, Some((time("1927-01-10T20:00:00Z"), time("2026-03-29T22:30:00Z"))));
}

#[tokio::test]
async fn statistics_without_dated_plays_are_empty() {
    let db = test_db().await;
    let (anna, general) = anna_and_a_movie(&db).await;
    add_plays(&db, anna.id, general.id, &[None]).await;
    assert_eq!(statistics::extent(&*db, anna.id).await.unwrap(), None);
    assert_eq!(statistics::by_day(&*db, anna.id, &[]).await.unwrap(), []);
    assert_eq!(statistics::by_hour(&*db, anna.id, &[], None).await.unwrap(), []);
}

#[tokio::test]
async fn a_play_that_replaces_a_deleted_one_changes_the_newest_id() {
    let db = test_db().await;
    let (anna, general) = anna_and_a_movie(&db).await;
    let counts = async || {
        let counts = timeline::play_counts(&*db, anna.id).await.unwrap();
        counts.first().map(|count| (count.plays, count.newest))
    };
    assert_eq!(counts().await, None);
    add_plays(&db, anna.id, general.id, &[None, None]).await;
    let (plays, newest) = counts().await.unwrap();
    let tx = db.begin().await.unwrap();
    plays::delete(&tx, plays::newest(&*db, anna.id, 1).await.unwrap()[0]).await.unwrap();
    tx.commit().await.unwrap();
    add_plays(&db, anna.id, general.id, &[None]).await;
    let (plays_after, newest_after) = counts().await.unwrap();
    assert_eq!((plays, plays_after), (2, 2));
    assert!(newest_after > newest, "IDs are never reused");
}

#[tokio::test]
async fn a_timeline_can_be_restricted_to_some_titles() {
    let db = test_db().await;
    let (anna, general) = anna_and_a_movie(&db).await;
    let tx = db.begin().await.unwrap();
    let other = add_title(&tx, movie("Metropolis")).await;
    tx.commit().await.unwrap();
    add_plays(&db, anna.id, general.id, &[Some("2026-01-01T10:00:00Z"), None]).await;
    add_plays(&db, anna.id, other.id, &[Some("2026-01-02T10:00:00Z"), None]).await;
    let of = async |titles: &[TitleId]| {
        let plays = timeline::page_since(&*db, anna.id, Some(titles), None, None, 10).await.unwrap();
        plays.into_iter().map(|play| play.title_id).collect::<Vec<_>>()
    };
    assert_eq!(of(&[general.id]).await, [general.id; 2]);
    assert_eq!(of(&[general.id, other.id]).await, [other.id, general.id, other.id, general.id]);
    assert_eq!(of(&[]).await, []);
    // More titles than the number of values that a statement can have.
    let many: Vec<TitleId> = (0..70_000).map(TitleId).collect();
    assert_eq!(of(&many).await.len(), 4);
}
