//! Statistics of what a user watched.

use api_types::statistics as wire;
use db::statistics::HourCount;

use super::card;
use crate::timeline::statistics::{Amount, Bucket, Favourite, Share, Statistics};

/// Statistics of a user's plays.
pub(crate) fn statistics(statistics: Statistics) -> wire::Statistics {
    wire::Statistics {
        total: amount(statistics.total),
        movies: amount(statistics.movies),
        episodes: amount(statistics.episodes),
        movie_count: statistics.favourites.movie_count,
        show_count: statistics.favourites.show_count,
        undated: statistics.undated,
        years: statistics
            .years
            .into_iter()
            .map(|(year, total)| wire::YearStatistics { year, amount: amount(total) })
            .collect(),
        months: statistics.months.into_iter().map(period).collect(),
        weeks: statistics.weeks.into_iter().map(period).collect(),
        hours: statistics.hours.into_iter().map(hour).collect(),
        busiest_day: statistics
            .busiest
            .map(|busiest| wire::PeriodStatistics { start: busiest.day, amount: amount(busiest.amount) }),
        longest_streak: statistics.streak.map(|streak| wire::Streak {
            from: streak.from,
            to: streak.to,
            days: streak.days,
        }),
        genres: statistics.favourites.genres.into_iter().map(share).collect(),
        decades: statistics.favourites.decades.into_iter().map(share).collect(),
        top_shows: statistics.favourites.shows.into_iter().map(favourite).collect(),
        top_movies: statistics.favourites.movies.into_iter().map(favourite).collect(),
    }
}

fn amount(amount: Amount) -> wire::WatchAmount {
    wire::WatchAmount { plays: amount.plays, minutes: amount.minutes }
}

fn period(bucket: Bucket) -> wire::PeriodStatistics {
    wire::PeriodStatistics { start: bucket.start, amount: amount(bucket.amount) }
}

fn hour(count: HourCount) -> wire::HourStatistics {
    let HourCount { weekday, hour, plays, minutes } = count;
    wire::HourStatistics { weekday, hour, amount: wire::WatchAmount { plays, minutes } }
}

fn share(share: Share) -> wire::ShareStatistics {
    wire::ShareStatistics { name: share.name, amount: amount(share.amount) }
}

fn favourite(favourite: Favourite) -> wire::TitleStatistics {
    wire::TitleStatistics {
        title: card(favourite.title),
        amount: amount(favourite.amount),
        episodes: favourite.episodes,
    }
}
