//! Showing removals that wait for confirmation, and applying the user's decision about them.

use chrono::{DateTime, Utc};
use db::{
    Json, Millis, Tx,
    ids::{PlayId, SyncPlanId, TitleId, UserId},
    kept_plays,
    kinds::{SyncCategory, SyncDirection, SyncPlanState},
    plays, progress,
    rows::{SyncCursor, SyncPlan, SyncPlanItem},
    sync_cursors, sync_plans,
    sync_shadows::{self, Of},
    trakt_collection, trakt_playbacks, trakt_plays,
};
use serde_json::json;

use crate::{
    Engine, Error, Result, SyncEvent,
    outbox::{
        Link, TraktAhead, enqueue_dated,
        resume::{self, Place},
    },
};

/// The number of items per transaction.
const CHUNK: u64 = 500;

/// The user's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The removals are intended. They are applied, after each has been proven again.
    Remove,
    /// The items are kept, and sent again to the side that lost them.
    SendAgain,
    /// The items are kept where they are, and nothing is sent.
    Leave,
}

/// Removals that wait for confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its ID.
    pub id: SyncPlanId,
    /// The category of its items.
    pub category: SyncCategory,
    /// From Trakt: items here would be removed. To Trakt: items on Trakt.
    pub direction: SyncDirection,
    /// Whether the user has confirmed and the removals are being applied.
    pub is_confirmed: bool,
    /// When they were found.
    pub made_at: Millis,
    /// How many items would be removed.
    pub items: u64,
    /// How many items there are in total.
    pub total: u64,
}

/// Some of the items that would be removed.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanItems {
    /// Title and item, in the format of the category.
    pub items: Vec<(TitleId, Json)>,
    /// The total number.
    pub total: u64,
}

impl Engine {
    /// Removals that wait for confirmation, and those that are being applied.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plans(&self, user_id: UserId) -> Result<Vec<Plan>> {
        let account = match self.connected(user_id).await {
            Ok(account) => account,
            Err(Error::NotConnected | Error::NotConfigured) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let plans = sync_plans::undecided(&self.core.db, user_id, &account).await?;
        Ok(plans.into_iter().map(|(plan, items)| shown(&plan, items)).collect())
    }

    /// Some of the items that a plan would remove.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the user has no such plan.
    pub async fn plan_items(
        &self,
        user_id: UserId,
        id: SyncPlanId,
        offset: u64,
        limit: u64,
    ) -> Result<PlanItems> {
        let db = &self.core.db;
        let plan = sync_plans::find(db, user_id, id).await?.ok_or(Error::NotFound("plan"))?;
        let items = sync_plans::items(db, plan.id, offset, limit).await?;
        let total = sync_plans::count_items(db, plan.id).await?;
        Ok(PlanItems { items: items.into_iter().map(|row| (row.title_id, row.item)).collect(), total })
    }

    /// Decides about removals that wait for confirmation.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the user has no such plan or it has been decided already; [`Error::NotConnected`]
    /// without a connected account.
    pub async fn decide_plan(&self, user_id: UserId, id: SyncPlanId, decision: Decision) -> Result<()> {
        let account = self.connected(user_id).await?;
        let plan = sync_plans::find(&self.core.db, user_id, id).await?;
        let plan = plan
            .filter(|plan| plan.account == account && plan.state == SyncPlanState::Waiting)
            .ok_or(Error::NotFound("plan"))?;
        match decision {
            Decision::Remove => self.confirm(&plan).await?,
            Decision::SendAgain => self.keep(&plan, true).await?,
            Decision::Leave => self.keep(&plan, false).await?,
        }
        self.core.events.send(SyncEvent::Account { user_id });
        self.wake(user_id);
        self.pulls.restart(user_id);
        Ok(())
    }

    /// Schedules a complete comparison, which applies what was confirmed.
    async fn confirm(&self, plan: &SyncPlan) -> Result<()> {
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        sync_plans::set_state(&tx, plan.id, SyncPlanState::Confirmed, now).await?;
        schedule_comparison(&tx, plan, now, None).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps the items, a chunk per transaction, so that an interruption loses none of the earlier chunks.
    async fn keep(&self, plan: &SyncPlan, send: bool) -> Result<()> {
        let now = self.core.clock.now();
        let link = (self.link(plan.user_id).await?, self.core.trakt_ahead(plan.user_id));
        loop {
            let tx = self.core.db.begin().await?;
            let items = sync_plans::items(&tx, plan.id, 0, CHUNK).await?;
            if items.is_empty() {
                sync_plans::set_state(&tx, plan.id, SyncPlanState::Kept, Millis::from(now)).await?;
                schedule_comparison(&tx, plan, Millis::from(now), Some(0)).await?;
                return Ok(tx.commit().await?);
            }
            match (plan.category, plan.direction) {
                (SyncCategory::History, SyncDirection::FromTrakt) => {
                    keep_plays(&tx, plan, &items, send, now).await?;
                }
                (SyncCategory::Collection, SyncDirection::ToTrakt) => {
                    let titles: Vec<TitleId> = items.iter().map(|item| item.title_id).collect();
                    trakt_collection::delete_many(&tx, plan.user_id, &plan.account, &titles).await?;
                }
                (
                    SyncCategory::Ratings
                    | SyncCategory::Watchlist
                    | SyncCategory::Dropped
                    | SyncCategory::Recommendations,
                    SyncDirection::FromTrakt,
                ) => keep_preferences(&tx, plan, &items, send).await?,
                (SyncCategory::Playback, SyncDirection::FromTrakt) => {
                    let titles: Vec<TitleId> = items.iter().map(|item| item.title_id).collect();
                    trakt_playbacks::forget(&tx, plan.user_id, &plan.account, &titles).await?;
                    if send {
                        send_points(&tx, plan.user_id, &titles, link, now).await?;
                    }
                }
                (
                    SyncCategory::Ratings
                    | SyncCategory::Watchlist
                    | SyncCategory::Dropped
                    | SyncCategory::Recommendations
                    | SyncCategory::Playback,
                    SyncDirection::ToTrakt,
                )
                | (SyncCategory::History | SyncCategory::Collection, _) => {}
            }
            let ids: Vec<_> = items.iter().map(|item| item.id).collect();
            sync_plans::delete_items(&tx, &ids).await?;
            tx.commit().await?;
        }
    }
}

/// Unlinks the plays from their lost entries on Trakt. With `send` they are sent again now; otherwise only a
/// later import sends them.
async fn keep_plays(
    tx: &Tx,
    plan: &SyncPlan,
    items: &[SyncPlanItem],
    send: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let play_id = |item: &SyncPlanItem| item.item["play_id"].as_i64().map(PlayId);
    let ids: Vec<PlayId> = items.iter().filter_map(play_id).collect();
    trakt_plays::unlink(tx, plan.user_id, &plan.account, &ids).await?;
    plays::forget_histories(tx, &ids).await?;
    if send {
        let mut kept = plays::find_many(tx, &ids).await?;
        kept.retain(|play| play.user_id == plan.user_id && !play.is_private);
        enqueue_dated(tx, &kept, now).await?;
    } else {
        kept_plays::note(tx, &ids).await?;
    }
    Ok(())
}

/// Sends the resume points to Trakt again, which gives them new dates.
async fn send_points(
    tx: &Tx,
    user_id: UserId,
    titles: &[TitleId],
    link: (Link, TraktAhead),
    now: DateTime<Utc>,
) -> Result<()> {
    for title_id in titles {
        let here = progress::find(tx, user_id, *title_id).await?;
        let Some(here) = here.filter(|here| !here.is_private) else { continue };
        let place = Place { percent: here.percent, duration_ms: Some(here.duration_ms) };
        resume::restore(tx, user_id, *title_id, place, link, now).await?;
    }
    Ok(())
}

/// Schedules an immediate complete comparison of the category, whatever activity Trakt reports.
async fn schedule_comparison(tx: &Tx, plan: &SyncPlan, now: Millis, held: Option<i64>) -> Result<()> {
    let cursor = sync_cursors::find(tx, plan.user_id, &plan.account, plan.category).await?;
    if let Some(cursor) = cursor {
        let held = held.unwrap_or(cursor.held);
        sync_cursors::put(
            tx,
            SyncCursor { activity: json!({}), next_at: now, full_at: None, held, ..cursor },
        )
        .await?;
    }
    Ok(())
}

fn shown(plan: &SyncPlan, items: u64) -> Plan {
    Plan {
        id: plan.id,
        category: plan.category,
        direction: plan.direction,
        is_confirmed: plan.state == SyncPlanState::Confirmed,
        made_at: plan.made_at,
        items,
        total: u64::try_from(plan.total).unwrap_or(0),
    }
}

/// Keeps the preferences here. With `send`, the next comparison sends them; otherwise the difference between
/// both sides is recorded as accepted.
async fn keep_preferences(tx: &Tx, plan: &SyncPlan, items: &[SyncPlanItem], send: bool) -> Result<()> {
    let of = Of { user_id: plan.user_id, account: plan.account.clone(), category: plan.category };
    let ids: Vec<TitleId> = items.iter().map(|item| item.title_id).collect();
    let shadows = sync_shadows::of_titles(tx, &of, &ids).await?;
    sync_shadows::forget(tx, &of, &ids).await?;
    if !send {
        let apart = shadows.into_iter().filter_map(|shadow| of.row(shadow.title_id, shadow.here, None));
        sync_shadows::put_many(tx, apart.collect()).await?;
    }
    Ok(())
}
