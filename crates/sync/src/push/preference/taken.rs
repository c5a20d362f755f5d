//! Recording that Trakt has accepted preferences.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::TitleId,
    outbox::{self, Settled},
    preferences, recommendations,
    rows::Preference as Row,
    sync_shadows::{self, Of},
};

use super::Pending;
use crate::{
    Result,
    changes::log_sent_preferences,
    outbox::{payload::Payload, preferences::agree},
    preference::Preference,
    push::{
        Drained,
        worker::{Step, Worker},
    },
};

/// Records preferences that Trakt has accepted.
pub(super) async fn taken(
    worker: &Worker<'_>,
    account: Option<&str>,
    preference: Preference,
    messages: Vec<Pending>,
) -> Step {
    let (user_id, category, now) = (worker.user(), preference.category(), Millis::from(worker.now()));
    let tx = worker.core.db.begin().await?;
    preferences::lock(&tx, user_id).await?;
    for message in &messages {
        if worker.hold(&tx, message.row.id).await?.is_some() {
            outbox::settle(&tx, message.row.id, &Settled::Done, now).await?;
        }
    }
    let is_set = |message: &Pending| message.row.kind == preference.message(true);
    if messages.iter().any(|message| preference.changes_recommendations(is_set(message))) {
        recommendations::outdate(&tx, user_id).await?;
    }
    if let Some(account) = account {
        let of = Of { user_id, account: account.to_owned(), category };
        log(&tx, &of, &messages, now.0).await?;
        note(&tx, &of, &messages).await?;
    }
    tx.commit().await?;
    worker.announce(&messages.iter().map(|message| &message.row).collect::<Vec<_>>()).await?;
    Ok(None::<Drained>)
}

/// Logs the values on Trakt before and after.
async fn log(tx: &Tx, of: &Of, messages: &[Pending], now: DateTime<Utc>) -> Result<()> {
    let ids: Vec<TitleId> = messages.iter().filter_map(|message| message.row.title_id).collect();
    let before: HashMap<TitleId, Option<i32>> = sync_shadows::of_titles(tx, of, &ids)
        .await?
        .into_iter()
        .map(|shadow| (shadow.title_id, shadow.there))
        .collect();
    let sent = messages.iter().filter_map(|message| {
        let title_id = message.row.title_id?;
        Some((title_id, before.get(&title_id).copied().flatten(), message.value))
    });
    log_sent_preferences(tx, (of.user_id, &of.account, of.category), sent.collect(), now).await
}

/// Records the values on Trakt. Later changes here still have to be sent.
async fn note(tx: &Tx, of: &Of, messages: &[Pending]) -> Result<()> {
    let ids: Vec<TitleId> = messages.iter().filter_map(|message| message.row.title_id).collect();
    let here: HashMap<TitleId, Row> = preferences::of_titles(tx, of.user_id, of.category, &ids)
        .await?
        .into_iter()
        .map(|row| (row.title_id, row))
        .collect();
    let mut agreed = Vec::new();
    for message in messages {
        let Some(title_id) = message.row.title_id else { continue };
        match here.get(&title_id) {
            Some(row) if row.value != message.value => {
                let shadow = of.row(title_id, message.value, message.value);
                sync_shadows::forget(tx, of, &[title_id]).await?;
                sync_shadows::put_many(tx, shadow.into_iter().collect()).await?;
            }
            Some(_) => agreed.push((title_id, message.value)),
            None => {
                // The account was disconnected in the meantime, and its watchlist items were deleted.
                let value = message.value.map(|value| Row {
                    user_id: of.user_id,
                    category: of.category,
                    title_id,
                    value: Some(value),
                    changed_at: message.row.occurred_at,
                    trakt_ahead_ms: Payload::read(&message.row.payload)
                        .and_then(|payload| payload.trakt_ahead())
                        .map(|ahead| ahead.num_milliseconds()),
                });
                preferences::put_many(tx, value.into_iter().collect()).await?;
                agreed.push((title_id, message.value));
            }
        }
    }
    agree(tx, of, &agreed, of.user_id).await
}
