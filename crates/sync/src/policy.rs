//! What may be synced between here and Trakt for one user: switches, exclusions, and the threshold for counting a
//! viewing.

use std::collections::HashSet;

use db::{
    Conn,
    ids::{TitleId, UserId},
    kinds::{OutboxKind, SyncSwitch},
    sync_settings::{self, SyncSettings},
    titles,
};

use crate::{Result, scrobble::COUNTS_FROM};

/// Why something is not sent to Trakt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Withheld {
    /// The title, what it is part of, or its library is excluded.
    Excluded,
    /// The user has switched this off.
    SwitchedOff(SyncSwitch),
}

/// How a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Unchanged.
    AsItIs,
    /// A scrobbled play is added to the history instead, because live scrobbling is off.
    ToHistory,
    /// Not at all.
    Withheld(Withheld),
}

/// What may be synced between here and Trakt for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    settings: SyncSettings,
}

impl Policy {
    /// The policy of a user.
    pub(crate) async fn of(conn: &dyn Conn, user_id: UserId) -> Result<Self> {
        Ok(Self { settings: sync_settings::read(conn, user_id).await? })
    }

    /// Whether this may be synced, in either direction. Titles must not be [excluded](Self::excluded) either.
    pub(crate) fn is_on(&self, switch: impl Into<SyncSwitch>) -> bool {
        !self.settings.off.contains(&switch.into())
    }

    /// The threshold for counting a viewing, in percent.
    pub(crate) fn counts_from(&self) -> f64 {
        self.settings.watched_percent.map_or(COUNTS_FROM, f64::from).max(COUNTS_FROM)
    }

    /// Those of some titles that never leave the server: titles that are excluded, belong to an excluded show
    /// or season, or belong to a movie or show with a file in an excluded library.
    pub(crate) async fn excluded(&self, conn: &dyn Conn, ids: &[TitleId]) -> Result<HashSet<TitleId>> {
        let mut excluded = HashSet::new();
        if !self.settings.titles.is_empty() {
            let own: HashSet<TitleId> = self.settings.titles.iter().copied().collect();
            let rows = titles::find_many(conn, ids).await?;
            let is_own = |id: Option<TitleId>| id.is_some_and(|id| own.contains(&id));
            let of = rows
                .iter()
                .filter(|row| is_own(Some(row.id)) || is_own(row.parent_id) || is_own(row.show_id));
            excluded.extend(of.map(|row| row.id));
        }
        if !self.settings.libraries.is_empty() {
            excluded.extend(sync_settings::in_libraries(conn, ids, &self.settings.libraries).await?);
        }
        Ok(excluded)
    }

    /// How a message is sent. `counts`: whether it adds a play on Trakt.
    pub(crate) fn way(&self, kind: OutboxKind, counts: bool, is_excluded: bool) -> Way {
        if is_excluded {
            return Way::Withheld(Withheld::Excluded);
        }
        match required_switches(kind, counts).iter().find(|switch| !self.is_on(**switch)) {
            None => Way::AsItIs,
            Some(SyncSwitch::Scrobbling) if counts && self.is_on(SyncSwitch::History) => Way::ToHistory,
            Some(switch) => Way::Withheld(Withheld::SwitchedOff(*switch)),
        }
    }

    /// Whether and how a message about this title is sent.
    pub(crate) async fn way_of(
        &self,
        conn: &dyn Conn,
        kind: OutboxKind,
        counts: bool,
        title_id: TitleId,
    ) -> Result<Way> {
        let is_excluded = self.excluded(conn, &[title_id]).await?.contains(&title_id);
        Ok(self.way(kind, counts, is_excluded))
    }
}

/// The switches required for a message. A pause, and a stop that does not count, create a resume point on Trakt.
fn required_switches(kind: OutboxKind, counts: bool) -> &'static [SyncSwitch] {
    match kind {
        OutboxKind::ScrobbleStart => &[SyncSwitch::Scrobbling],
        OutboxKind::ScrobbleStop if counts => &[SyncSwitch::Scrobbling, SyncSwitch::History],
        OutboxKind::ScrobbleStop | OutboxKind::ScrobblePause => {
            &[SyncSwitch::Scrobbling, SyncSwitch::Playback]
        }
        OutboxKind::HistoryAdd | OutboxKind::HistoryRemove => &[SyncSwitch::History],
        OutboxKind::RatingAdd | OutboxKind::RatingRemove => &[SyncSwitch::Ratings],
        OutboxKind::WatchlistAdd | OutboxKind::WatchlistRemove => &[SyncSwitch::Watchlist],
        OutboxKind::DroppedAdd | OutboxKind::DroppedRemove => &[SyncSwitch::Dropped],
        OutboxKind::RecommendationHide | OutboxKind::RecommendationUnhide => &[SyncSwitch::Recommendations],
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    use OutboxKind as Kind;
    use SyncSwitch as Switch;

    fn without(off: &[Switch]) -> Policy {
        Policy { settings: SyncSettings { off: off.to_vec(), ..SyncSettings::default() } }
    }

    fn held(switch: Switch) -> Way {
        Way::Withheld(Withheld::SwitchedOff(switch))
    }

    #[rstest]
    #[case::all_on(&[], Kind::ScrobbleStop, true, Way::AsItIs)]
    #[case::counted_without_live(&[Switch::Scrobbling], Kind::ScrobbleStop, true, Way::ToHistory)]
    #[case::start_without_live(&[Switch::Scrobbling], Kind::ScrobbleStart, false, held(Switch::Scrobbling))]
    #[case::pause_without_live(&[Switch::Scrobbling], Kind::ScrobblePause, false, held(Switch::Scrobbling))]
    #[case::mark_without_live(&[Switch::Scrobbling], Kind::HistoryAdd, true, Way::AsItIs)]
    #[case::counted_without_history(&[Switch::History], Kind::ScrobbleStop, true, held(Switch::History))]
    #[case::start_without_history(&[Switch::History], Kind::ScrobbleStart, false, Way::AsItIs)]
    #[case::mark_without_history(&[Switch::History], Kind::HistoryAdd, true, held(Switch::History))]
    #[case::removal_without_history(&[Switch::History], Kind::HistoryRemove, false, held(Switch::History))]
    #[case::counted_with_neither(
        &[Switch::History, Switch::Scrobbling], Kind::ScrobbleStop, true, held(Switch::Scrobbling)
    )]
    #[case::pause_without_resume_points(&[Switch::Playback], Kind::ScrobblePause, false, held(Switch::Playback))]
    #[case::half_way_without_resume_points(&[Switch::Playback], Kind::ScrobbleStop, false, held(Switch::Playback))]
    #[case::counted_without_resume_points(&[Switch::Playback], Kind::ScrobbleStop, true, Way::AsItIs)]
    #[case::rating_without_ratings(&[Switch::Ratings], Kind::RatingAdd, false, held(Switch::Ratings))]
    #[case::watchlist_without_it(&[Switch::Watchlist], Kind::WatchlistRemove, false, held(Switch::Watchlist))]
    #[case::drop_without_drops(&[Switch::Dropped], Kind::DroppedAdd, false, held(Switch::Dropped))]
    #[case::not_interested_without_recommendations(
        &[Switch::Recommendations], Kind::RecommendationHide, false, held(Switch::Recommendations)
    )]
    #[case::another_category(&[Switch::Ratings], Kind::HistoryAdd, true, Way::AsItIs)]
    fn a_message_is_sent_only_if_all_its_switches_are_on(
        #[case] off: &[Switch],
        #[case] kind: Kind,
        #[case] counts: bool,
        #[case] way: Way,
    ) {
        assert_eq!(without(off).way(kind, counts, false), way);
        assert_eq!(without(off).way(kind, counts, true), Way::Withheld(Withheld::Excluded));
    }

    #[rstest]
    #[case::trakts(None, 80.0)]
    #[case::own(Some(90), 90.0)]
    #[case::never_below_trakts(Some(50), 80.0)]
    fn a_viewing_counts_from_trakts_threshold_or_a_higher_one(
        #[case] percent: Option<i32>,
        #[case] from: f64,
    ) {
        let settings = SyncSettings { watched_percent: percent, ..SyncSettings::default() };
        assert_eq!(Policy { settings }.counts_from(), from);
    }
}
