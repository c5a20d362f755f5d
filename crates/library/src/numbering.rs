//! Maps the numbering in a file name to the episodes of a show; pure functions.

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use db::ids::TitleId;
use db::kinds::TitleKind;
use db::rows;
use media::names::Numbering;

/// An episode as a file name identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EpisodeRef {
    /// Season that it is assigned to until the show's episodes are known.
    pub season: i32,
    /// Episode number that it is given until the show's episodes are known.
    pub number: i32,
    /// Absolute number, if the name has one.
    pub absolute: Option<i32>,
    /// Date of broadcast, if the name has one.
    pub aired: Option<NaiveDate>,
}

/// The episodes in a file name, in the order of the file.
///
/// Until the show's episodes are known, a dated episode is assigned to the season of its year and numbered by
/// month and day, and an absolute number is assigned to season 1.
pub fn episode_refs(numbering: &Numbering) -> Vec<EpisodeRef> {
    match numbering {
        Numbering::Episodes { season, episodes } => episodes
            .iter()
            .map(|&number| EpisodeRef {
                season: i32::from(*season),
                number: i32::from(number),
                absolute: None,
                aired: None,
            })
            .collect(),
        Numbering::Date(date) => vec![EpisodeRef {
            season: date.year(),
            number: (date.month() * 100 + date.day()).cast_signed(),
            absolute: None,
            aired: Some(*date),
        }],
        Numbering::Absolute(numbers) => numbers
            .iter()
            .map(|&number| EpisodeRef {
                season: 1,
                number: i32::from(number),
                absolute: Some(i32::from(number)),
                aired: None,
            })
            .collect(),
    }
}

impl EpisodeRef {
    /// The time stored as the broadcast of a dated episode: midnight UTC.
    pub fn aired_at(&self) -> Option<DateTime<Utc>> {
        self.aired.map(|date| date.and_time(NaiveTime::MIN).and_utc())
    }
}

/// The seasons and episodes of one show, indexed by every kind of number.
#[derive(Debug, Default, Clone)]
pub struct ShowIndex {
    /// Time zone of the broadcast, because dates in file names are local.
    zone: Option<Tz>,
    /// Season rows by number.
    pub seasons: HashMap<i32, TitleId>,
    numbers: HashMap<(i32, i32), TitleId>,
    absolutes: HashMap<i32, TitleId>,
    days: HashMap<NaiveDate, TitleId>,
    /// Whether some of the episodes come from Trakt.
    has_trakt_episodes: bool,
}

impl ShowIndex {
    /// The index of a show, without seasons and episodes.
    pub fn of(show: &rows::Title) -> Self {
        Self { zone: show.time_zone.as_deref().and_then(|zone| zone.parse().ok()), ..Self::default() }
    }

    /// Adds rows of the show.
    pub fn extend<'a>(&mut self, rows: impl IntoIterator<Item = &'a rows::Title>) {
        for row in rows {
            match (row.kind, row.season_number, row.episode_number) {
                (TitleKind::Season, Some(season), _) => {
                    self.seasons.insert(season, row.id);
                }
                (TitleKind::Episode, Some(season), Some(number)) => self.add(row, season, number),
                _ => {}
            }
        }
    }

    fn add(&mut self, row: &rows::Title, season: i32, number: i32) {
        self.numbers.insert((season, number), row.id);
        self.has_trakt_episodes |= row.trakt_id.is_some();
        // Numbers from Trakt replace those guessed from file names.
        let from_trakt = row.trakt_id.is_some();
        if let Some(absolute) = row.episode_absolute {
            if from_trakt {
                self.absolutes.insert(absolute, row.id);
            } else {
                self.absolutes.entry(absolute).or_insert(row.id);
            }
        }
        if let Some(at) = row.released_at.filter(|_| season > 0) {
            let zone = self.zone.filter(|_| from_trakt).unwrap_or(Tz::UTC);
            let day = at.0.with_timezone(&zone).date_naive();
            if from_trakt {
                self.days.insert(day, row.id);
            } else {
                self.days.entry(day).or_insert(row.id);
            }
        }
    }

    /// The episode that a reference identifies.
    pub fn find(&self, episode: &EpisodeRef) -> Option<TitleId> {
        let absolute = episode.absolute.and_then(|number| self.absolutes.get(&number));
        let day = episode.aired.and_then(|day| {
            let zone_unknown = self.has_trakt_episodes && self.zone.is_none();
            // In UTC, a late broadcast in the Americas is on the next day.
            self.days.get(&day).or_else(|| self.days.get(&day.succ_opt()?).filter(|_| zone_unknown))
        });
        absolute.or(day).or_else(|| self.numbers.get(&(episode.season, episode.number))).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::episode_row;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn row(id: i64, season: i32, number: i32) -> rows::Title {
        let episode = EpisodeRef { season, number, absolute: None, aired: None };
        rows::Title {
            id: TitleId(id),
            ..episode_row(TitleId(1), TitleId(2), &episode, None, DateTime::UNIX_EPOCH)
        }
    }

    #[test]
    fn a_double_episode_yields_two_references() {
        let numbering = Numbering::Episodes { season: 1, episodes: vec![2, 3] };
        let numbers: Vec<(i32, i32)> =
            episode_refs(&numbering).iter().map(|episode| (episode.season, episode.number)).collect();
        assert_eq!(numbers, [(1, 2), (1, 3)]);
    }

    #[test]
    fn an_absolute_number_is_found_when_trakt_provides_it() {
        let mut index = ShowIndex::default();
        let episode = episode_refs(&Numbering::Absolute(vec![27]))[0];
        index.extend(&[row(9, 1, 27)]);
        assert_eq!(index.find(&episode), Some(TitleId(9)), "assigned to season 1 until then");
        index.extend(&[rows::Title { episode_absolute: Some(27), trakt_id: Some(5), ..row(10, 2, 3) }]);
        assert_eq!(index.find(&episode), Some(TitleId(10)));
    }

    #[test]
    fn a_dated_episode_is_found_even_if_it_aired_after_midnight_utc() {
        let mut index = ShowIndex::default();
        let released_at = Some(day("2024-01-06").and_time(NaiveTime::MIN).and_utc().into());
        index.extend(&[rows::Title { released_at, trakt_id: Some(5), ..row(10, 29, 50) }]);
        assert_eq!(index.find(&episode_refs(&Numbering::Date(day("2024-01-06")))[0]), Some(TitleId(10)));
        assert_eq!(index.find(&episode_refs(&Numbering::Date(day("2024-01-05")))[0]), Some(TitleId(10)));
        assert_eq!(index.find(&episode_refs(&Numbering::Date(day("2024-01-02")))[0]), None);
    }

    #[test]
    fn dates_of_a_late_night_show_are_local() {
        let show = rows::Title { time_zone: Some("America/New_York".to_owned()), ..row(1, 0, 0) };
        let mut index = ShowIndex::of(&show);
        // 23:30 in New York is 04:30 on the next day in UTC.
        for (id, number, aired) in [(10, 1, "2024-01-09T04:30:00Z"), (11, 2, "2024-01-10T04:30:00Z")] {
            let aired: DateTime<Utc> = aired.parse().expect("a time");
            index.extend(&[rows::Title {
                released_at: Some(aired.into()),
                trakt_id: Some(id),
                ..row(id, 29, number)
            }]);
        }
        let found = |date| index.find(&episode_refs(&Numbering::Date(day(date)))[0]);
        assert_eq!(
            (found("2024-01-08"), found("2024-01-09"), found("2024-01-10")),
            (Some(TitleId(10)), Some(TitleId(11)), None)
        );
    }
}
