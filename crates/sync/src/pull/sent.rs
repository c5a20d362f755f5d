//! Plays that became history entries on Trakt because they were sent, but have not appeared in a read since. A
//! comparison adopts those that exist on Trakt. One that was removed there before it was read would stay here
//! forever, so the history of its title is read.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Conn, Millis, Tx,
    ids::{TitleId, TraktPlayId},
    kinds::TitleKind,
    rows::{Play, Title, TraktPlay},
    titles, trakt_plays,
};
use trakt::models::to_the_minute;

use super::{apply::Owner, remote::ItemKey};
use crate::Result;

/// How old a play has to be before it counts as missing: reads may lag behind writes.
const SETTLED: TimeDelta = TimeDelta::minutes(5);

/// A play that was sent, and its item on Trakt.
pub(super) struct Sent {
    pub(super) key: ItemKey,
    pub(super) play: Play,
}

/// Returns the sent plays that did not appear in any read, as of a read that started at `began`.
pub(super) async fn unseen(conn: &dyn Conn, owner: Owner<'_>, began: DateTime<Utc>) -> Result<Vec<Sent>> {
    let before = Millis::from(began - SETTLED);
    let plays = trakt_plays::unseen(conn, owner.user_id, owner.account, before).await?;
    let ids: Vec<TitleId> = plays.iter().map(|play| play.title_id).collect();
    let rows = titles::find_many(conn, &ids).await?;
    let keys: HashMap<TitleId, ItemKey> =
        rows.iter().filter_map(|row| Some((row.id, key_of(row)?))).collect();
    let sent = |play: Play| Some(Sent { key: *keys.get(&play.title_id)?, play });
    Ok(plays.into_iter().filter_map(sent).collect())
}

fn key_of(title: &Title) -> Option<ItemKey> {
    let is_movie = match title.kind {
        TitleKind::Movie => true,
        TitleKind::Episode => false,
        TitleKind::Show | TitleKind::Season => return None,
    };
    Some(ItemKey { is_movie, trakt_id: title.trakt_id? })
}

/// Records the unseen plays of an item as seen, so that a read of its history decides about them.
pub(super) async fn note(tx: &Tx, owner: Owner<'_>, key: ItemKey, began: DateTime<Utc>) -> Result<()> {
    let sent = unseen(tx, owner, began).await?;
    let row = |Sent { play, .. }: Sent| {
        Some(TraktPlay {
            id: TraktPlayId::NEW,
            user_id: owner.user_id,
            account: owner.account.to_owned(),
            kind: key.kind(),
            trakt_id: key.trakt_id,
            watched_at: Millis::from(play.watched_at.map_or(DateTime::UNIX_EPOCH, |at| to_the_minute(at.0))),
            history_id: play.trakt_history_id,
            play_id: Some(play.id),
        })
    };
    let rows = sent.into_iter().filter(|sent| sent.key == key).filter_map(row).collect();
    Ok(trakt_plays::insert_many(tx, rows).await?)
}
