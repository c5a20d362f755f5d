//! Shows that the user is rewatching: Trakt then only counts plays since the reset.

use std::collections::HashSet;

use db::{Millis, ids::TitleId, kinds::TitleKind, rows::ShowReset, show_resets};
use trakt::{
    models::{HiddenItem, HiddenSection, MediaKind},
    paging::{Complete, Proven},
};

use super::{
    remote::{RemoteItem, TitleKey},
    titles,
    worker::Worker,
};
use crate::{Result, SyncEvent};

/// Reads which shows were reset. A stored reset that is missing from the read is kept, unless a second read
/// agrees.
pub(super) async fn read(worker: &Worker<'_>) -> Result<()> {
    let core = &worker.engine.core;
    let (user_id, account) = (worker.owner.user_id, worker.owner.account);
    let first = fetch(worker).await?;
    let items: Vec<(RemoteItem, Millis)> = first.listing.iter().filter_map(reset).collect();
    let named: Vec<&RemoteItem> = items.iter().map(|(item, _)| item).collect();
    let now = core.clock.now();
    let tx = core.db.begin_titles().await?;
    let mut rows = titles::known(&tx, &named).await?;
    let new_titles = titles::ensure(&tx, &named, &mut rows, now).await?;
    tx.commit().await?;
    let of = |item: &RemoteItem| Some(rows.get(&item.key())?.id);
    let mut resets: Vec<ShowReset> = items
        .iter()
        .filter_map(|(item, reset_at)| {
            let title_id = of(item)?;
            Some(ShowReset { user_id, account: account.to_owned(), title_id, reset_at: *reset_at })
        })
        .collect();
    let there: HashSet<TitleId> = resets.iter().map(|row| row.title_id).collect();
    let mut missing = show_resets::of_account(&core.db, user_id, account).await?;
    missing.retain(|row| !there.contains(&row.title_id));
    if !missing.is_empty() {
        let title_of = |item: &HiddenItem| Some(rows.get(&TitleKey::of(&item.media)?)?.id);
        match Proven::from_reads(first, fetch(worker).await?) {
            Ok(proven) => {
                let present = proven.present(title_of);
                missing.retain(|row| present.absent(Some(row.title_id)).is_none());
            }
            Err(_) => tracing::debug!("which shows were reset is not certain; those that are known stay"),
        }
        resets.extend(missing);
    }
    let tx = core.db.begin().await?;
    let is_changed = show_resets::replace(&tx, user_id, account, resets).await?;
    tx.commit().await?;
    if is_changed || new_titles {
        core.events.send(SyncEvent::Pulled { user_id, new_titles });
    }
    Ok(())
}

async fn fetch(worker: &Worker<'_>) -> Result<Complete<HiddenItem>> {
    let section = HiddenSection::ProgressWatchedReset;
    Ok(worker.client.users().hidden(&section, Some(MediaKind::Show)).collect_all().await?)
}

fn reset(item: &HiddenItem) -> Option<(RemoteItem, Millis)> {
    let show = RemoteItem::of(item.media.clone()).filter(|show| show.key().kind == TitleKind::Show)?;
    Some((show, Millis::from(item.hidden_at?)))
}
