//! Statistics of what a user watched.

use api_types::statistics as wire;
use db::statistics::HourCount;

use super::card;
use crate::timeline::statistics::{Amount, Bucket, Favourite, Share, Statistics};

/// Statistics of a user's plays.
pub(crate) fn statistics(of: Statistics) -> wire::Statistics {
    wire::Statistics {
        total: amount(of.total),
        movies: amount(of.movies),
        episodes: amount(of.episodes),
        movie_count: of.favourites.movie_count,
        show_count: of.favourites.show_count,
        undated: of.undated,
        years: of
            .years
            .into_iter()
            .map(|(year, of)| wire::YearStatistics { year, amount: amount(of) })
            .collect(),
        months: of.months.into_iter().map(period).collect(),
        weeks: of.weeks.into_iter().map(period).collect(),
        hours: of.hours.into_iter().map(hour).collect(),
        busiest_day: of.busiest.map(|of| wire::PeriodStatistics { start: of.day, amount: amount(of.amount) }),
        longest_streak: of.streak.map(|of| wire::Streak { from: of.from, to: of.to, days: of.days }),
        genres: of.favourites.genres.into_iter().map(share).collect(),
        decades: of.favourites.decades.into_iter().map(share).collect(),
        top_shows: of.favourites.shows.into_iter().map(favourite).collect(),
        top_movies: of.favourites.movies.into_iter().map(favourite).collect(),
    }
}

fn amount(of: Amount) -> wire::WatchAmount {
    wire::WatchAmount { plays: of.plays, minutes: of.minutes }
}

fn period(of: Bucket) -> wire::PeriodStatistics {
    wire::PeriodStatistics { start: of.start, amount: amount(of.amount) }
}

fn hour(of: HourCount) -> wire::HourStatistics {
    let HourCount { weekday, hour, plays, minutes } = of;
    wire::HourStatistics { weekday, hour, amount: wire::WatchAmount { plays, minutes } }
}

fn share(of: Share) -> wire::ShareStatistics {
    wire::ShareStatistics { name: of.name, amount: amount(of.amount) }
}

fn favourite(of: Favourite) -> wire::TitleStatistics {
    wire::TitleStatistics { title: card(of.title), amount: amount(of.amount), episodes: of.episodes }
}
