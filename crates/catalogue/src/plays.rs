//! Plays with their sync status.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::Db;
use db::ids::{PlayId, TitleId, UserId};
use db::kinds::{OutboxKind, OutboxState, PlaySource};
use db::timeline::PlayMessage;

use crate::card::Card;
use crate::view::View;

/// The state of a play on Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayTraktState {
    /// Trakt was not connected.
    None,
    /// Waiting to be sent.
    Queued,
    /// It is on Trakt.
    Sent,
    /// Trakt rejected it; see the message.
    Failed,
    /// The play is private and never sent.
    Private,
}

/// The sync status of a play.
#[derive(Debug, Clone)]
pub struct PlayTrakt {
    /// Its state.
    pub state: PlayTraktState,
    /// The message that is waiting or failed, with its failure.
    pub message: Option<PlayMessage>,
}

/// One viewing of one title by one user.
#[derive(Debug, Clone)]
pub struct Play {
    /// The play.
    pub id: PlayId,
    /// What was watched.
    pub title: Card,
    /// When it was watched; `None` if unknown.
    pub watched_at: Option<DateTime<Utc>>,
    /// Its source.
    pub source: PlaySource,
    /// Whether it was private.
    pub is_private: bool,
    /// Its sync status.
    pub trakt: PlayTrakt,
}

/// A user's last plays of some titles, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_titles(
    db: &Db,
    view: &View,
    user_id: UserId,
    title_ids: &[TitleId],
    limit: u64,
) -> db::Result<Vec<Play>> {
    let rows = db::timeline::plays_of(db, user_id, title_ids, limit).await?;
    from_rows(db, view, rows).await
}

/// Plays from rows, with their cards and sync status. A play is omitted if its title is not in the view because it was
/// removed a moment ago.
///
/// # Errors
/// When the database fails.
pub async fn from_rows(db: &Db, view: &View, rows: Vec<db::rows::Play>) -> db::Result<Vec<Play>> {
    let ids: Vec<PlayId> = rows.iter().map(|row| row.id).collect();
    let mut by_play: HashMap<PlayId, Vec<PlayMessage>> = HashMap::new();
    for message in db::timeline::messages_about(db, &ids).await? {
        by_play.entry(message.play_id).or_default().push(message);
    }
    let plays = rows.into_iter().filter_map(|row| {
        let messages = by_play.remove(&row.id).unwrap_or_default();
        Some(Play {
            id: row.id,
            title: view.card_of(row.title_id)?,
            watched_at: row.watched_at.map(|at| at.0),
            source: row.source,
            is_private: row.is_private,
            trakt: trakt_status(&row, &messages),
        })
    });
    Ok(plays.collect())
}

/// The sync status of a play. A history id from Trakt takes precedence over messages that were to be sent.
fn trakt_status(row: &db::rows::Play, messages: &[PlayMessage]) -> PlayTrakt {
    let plain = |state| PlayTrakt { state, message: None };
    if row.is_private {
        return plain(PlayTraktState::Private);
    }
    if row.trakt_history_id.is_some() {
        return plain(PlayTraktState::Sent);
    }
    let last = messages
        .iter()
        .rev()
        .find(|message| matches!(message.kind, OutboxKind::HistoryAdd | OutboxKind::ScrobbleStop));
    let Some(last) = last else { return plain(PlayTraktState::None) };
    let explained = |state| PlayTrakt { state, message: Some(last.clone()) };
    match last.state {
        OutboxState::Done => plain(PlayTraktState::Sent),
        OutboxState::Failed => explained(PlayTraktState::Failed),
        OutboxState::Pending | OutboxState::InFlight | OutboxState::Unknown => {
            explained(PlayTraktState::Queued)
        }
        OutboxState::Superseded => plain(PlayTraktState::None),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use rstest::rstest;

    use super::*;

    fn row() -> db::rows::Play {
        db::rows::Play {
            id: PlayId(1),
            user_id: UserId(1),
            title_id: TitleId(1),
            watched_at: None,
            source: PlaySource::Kinometa,
            file_id: None,
            is_private: false,
            trakt_history_id: None,
            created_at: DateTime::UNIX_EPOCH.into(),
        }
    }

    fn message(kind: OutboxKind, state: OutboxState) -> PlayMessage {
        PlayMessage { play_id: PlayId(1), kind, state, error_code: None, error_facts: None, error_text: None }
    }

    #[rstest]
    #[case::no_messages(row(), vec![], PlayTraktState::None)]
    #[case::private(db::rows::Play { is_private: true, ..row() }, vec![], PlayTraktState::Private)]
    #[case::with_history_id(db::rows::Play { trakt_history_id: Some(7), ..row() }, vec![], PlayTraktState::Sent)]
    #[case::waiting(row(), vec![message(OutboxKind::HistoryAdd, OutboxState::Pending)], PlayTraktState::Queued)]
    #[case::outcome_unknown(row(), vec![message(OutboxKind::ScrobbleStop, OutboxState::Unknown)], PlayTraktState::Queued)]
    #[case::rejected(row(), vec![message(OutboxKind::HistoryAdd, OutboxState::Failed)], PlayTraktState::Failed)]
    #[case::counted_without_an_id(row(), vec![message(OutboxKind::ScrobbleStop, OutboxState::Done)], PlayTraktState::Sent)]
    #[case::only_a_start(row(), vec![message(OutboxKind::ScrobbleStart, OutboxState::Done)], PlayTraktState::None)]
    fn the_sync_status_follows_the_play_and_its_messages(
        #[case] row: db::rows::Play,
        #[case] messages: Vec<PlayMessage>,
        #[case] state: PlayTraktState,
    ) {
        assert_eq!(trakt_status(&row, &messages).state, state);
    }
}
