//! Statistics of a user's plays, aggregated by the database.

use crate::boxed;
use sea_orm::{ConnectionTrait as _, FromQueryResult, Statement};

use crate::ids::{TitleId, UserId};
use crate::kinds::TitleKind;
use crate::{Conn, Millis, Result};

const DAY_MS: i64 = 86_400_000;

/// Days added before dividing and subtracted afterwards: both databases round towards zero, and plays dated to the
/// release of a silent film are before 1970. A whole number of weeks, so that weekdays do not change.
const EARLY_DAYS: i64 = 70_000;

/// How far local time is ahead of UTC from a moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset {
    /// The first moment at which it applies.
    pub from: Millis,
    /// Milliseconds; negative west of Greenwich.
    pub ahead_ms: i64,
}

/// A time span from `from` (inclusive) to `until` (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first moment.
    pub from: Millis,
    /// The first moment after it.
    pub until: Millis,
}

/// The number of plays on a local day, of movies or of episodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct DayCount {
    /// Days since 1 January 1970.
    pub day: i64,
    /// Movie or episode.
    pub kind: TitleKind,
    /// Plays.
    pub plays: i64,
    /// The total runtime of their titles in minutes.
    pub minutes: i64,
}

/// The number of plays in an hour of the week, in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct HourCount {
    /// 0 is Monday.
    pub weekday: i64,
    /// 0 to 23.
    pub hour: i64,
    /// Plays.
    pub plays: i64,
    /// The total runtime of their titles in minutes.
    pub minutes: i64,
}

/// How often a title was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct TitleCount {
    /// The title.
    pub title_id: TitleId,
    /// Plays.
    pub plays: i64,
}

/// Returns the times of a user's first and last play with a known time.
#[boxed]
pub async fn extent(conn: &dyn Conn, user_id: UserId) -> Result<Option<(Millis, Millis)>> {
    #[derive(FromQueryResult)]
    struct Extent {
        first: Option<Millis>,
        last: Option<Millis>,
    }
    let sql = "SELECT MIN(watched_at) AS first, MAX(watched_at) AS last FROM play \
               WHERE user_id = $1 AND watched_at IS NOT NULL";
    let found = Extent::find_by_statement(statement(conn, sql, user_id)).one(&conn.raw()).await?;
    Ok(found.and_then(|extent| Some((extent.first?, extent.last?))))
}

/// Returns the plays of a user by local day, in no particular order. `offsets` begin with the earliest.
#[boxed]
pub async fn by_day(conn: &dyn Conn, user_id: UserId, offsets: &[Offset]) -> Result<Vec<DayCount>> {
    let local = local_ms(offsets);
    let sql = format!(
        "SELECT {local} / {DAY_MS} - {EARLY_DAYS} AS day, t.kind AS kind, COUNT(*) AS plays, {MINUTES} AS minutes \
         {PLAYED} GROUP BY 1, 2"
    );
    Ok(DayCount::find_by_statement(statement(conn, &sql, user_id)).all(&conn.raw()).await?)
}

/// Returns the plays of a user by local weekday and hour, in no particular order. `offsets` begin with the earliest.
#[boxed]
pub async fn by_hour(
    conn: &dyn Conn,
    user_id: UserId,
    offsets: &[Offset],
    span: Option<Span>,
) -> Result<Vec<HourCount>> {
    let local = local_ms(offsets);
    // 1 January 1970 was a Thursday.
    let sql = format!(
        "SELECT ({local} / {DAY_MS} + 3) % 7 AS weekday, {local} / 3600000 % 24 AS hour, COUNT(*) AS plays, \
         {MINUTES} AS minutes {PLAYED}{} GROUP BY 1, 2",
        within(span)
    );
    Ok(HourCount::find_by_statement(statement(conn, &sql, user_id)).all(&conn.raw()).await?)
}

/// Returns how often a user played each title, in no particular order.
#[boxed]
pub async fn by_title(conn: &dyn Conn, user_id: UserId, span: Option<Span>) -> Result<Vec<TitleCount>> {
    let sql = format!(
        "SELECT p.title_id AS title_id, COUNT(*) AS plays FROM play p WHERE p.user_id = $1{} GROUP BY 1",
        within(span)
    );
    Ok(TitleCount::find_by_statement(statement(conn, &sql, user_id)).all(&conn.raw()).await?)
}

/// Falls back to the runtime of the show, because Trakt often has none for an episode. Without the cast, PostgreSQL's
/// sum would have another type.
const MINUTES: &str = "CAST(SUM(COALESCE(t.runtime_minutes, s.runtime_minutes, 0)) AS BIGINT)";

const PLAYED: &str = "FROM play p JOIN title t ON t.id = p.title_id LEFT JOIN title s ON s.id = t.show_id \
                      WHERE p.user_id = $1 AND p.watched_at IS NOT NULL";

fn within(span: Option<Span>) -> String {
    let between = |Span { from, until }: Span| {
        let (from, until) = (from.0.timestamp_millis(), until.0.timestamp_millis());
        format!(" AND p.watched_at >= {from} AND p.watched_at < {until}")
    };
    span.map(between).unwrap_or_default()
}

/// The local time of a play. SQLite does not know time zones, so the offsets are part of the statement, latest first.
fn local_ms(offsets: &[Offset]) -> String {
    let Some((first, later)) = offsets.split_first() else {
        return format!("(p.watched_at + {})", EARLY_DAYS * DAY_MS);
    };
    let ahead = |offset: &Offset| EARLY_DAYS * DAY_MS + offset.ahead_ms;
    if later.is_empty() {
        return format!("(p.watched_at + {})", ahead(first));
    }
    let cases: String = later
        .iter()
        .rev()
        .map(|offset| {
            format!(" WHEN p.watched_at >= {} THEN {}", offset.from.0.timestamp_millis(), ahead(offset))
        })
        .collect();
    format!("(p.watched_at + CASE{cases} ELSE {} END)", ahead(first))
}

fn statement(conn: &dyn Conn, sql: &str, user_id: UserId) -> Statement {
    Statement::from_sql_and_values(conn.raw().get_database_backend(), sql, [user_id.into()])
}
