//! Trakt's enumerations, which may be extended.

open_enum! {
    /// The media type of an entry.
    MediaKind {
        /// A movie.
        Movie = "movie",
        /// A show.
        Show = "show",
        /// A season.
        Season = "season",
        /// An episode.
        Episode = "episode",
        /// A person.
        Person = "person",
        /// A list.
        List = "list",
    }
}

open_enum! {
    /// How a play was added to the history.
    HistoryAction {
        /// By scrobbling.
        Scrobble = "scrobble",
        /// By checking in.
        Checkin = "checkin",
        /// By marking it watched.
        Watch = "watch",
    }
}

open_enum! {
    /// The result of a scrobble call. Trakt decides whether a play counted.
    ScrobbleAction {
        /// Watching now.
        Start = "start",
        /// A resume point was saved.
        Pause = "pause",
        /// It counted as a play.
        Scrobble = "scrobble",
        /// A check-in is running.
        Checkin = "checkin",
    }
}

open_enum! {
    /// The status of a movie or show.
    Status {
        /// Released.
        Released = "released",
        /// In production.
        InProduction = "in production",
        /// In post-production.
        PostProduction = "post production",
        /// Planned.
        Planned = "planned",
        /// Rumored.
        Rumored = "rumored",
        /// Cancelled.
        Canceled = "canceled",
        /// A show that will return.
        ReturningSeries = "returning series",
        /// A show that is currently airing.
        Continuing = "continuing",
        /// A pilot.
        Pilot = "pilot",
        /// Upcoming.
        Upcoming = "upcoming",
        /// A show that has ended.
        Ended = "ended",
    }
}

open_enum! {
    /// The type of an episode.
    EpisodeType {
        /// An ordinary one.
        Standard = "standard",
        /// The first of the show.
        SeriesPremiere = "series_premiere",
        /// The first of a season.
        SeasonPremiere = "season_premiere",
        /// The last before a break.
        MidSeasonFinale = "mid_season_finale",
        /// The first after a break.
        MidSeasonPremiere = "mid_season_premiere",
        /// The last of a season.
        SeasonFinale = "season_finale",
        /// The last of the show.
        SeriesFinale = "series_finale",
    }
}

open_enum! {
    /// Who may see a list.
    Privacy {
        /// Its owner.
        Private = "private",
        /// Anyone with the link.
        Link = "link",
        /// The owner's friends.
        Friends = "friends",
        /// Everyone.
        Public = "public",
    }
}

open_enum! {
    /// The sort direction of a list.
    SortHow {
        /// Ascending.
        Ascending = "asc",
        /// Descending.
        Descending = "desc",
    }
}

open_enum! {
    /// The sort key of a list.
    SortBy {
        /// The owner's order.
        Rank = "rank",
        /// When it was added.
        Added = "added",
        /// The title.
        Title = "title",
        /// The release date.
        Released = "released",
        /// The runtime.
        Runtime = "runtime",
        /// Popularity.
        Popularity = "popularity",
        /// Trakt's rating.
        Percentage = "percentage",
        /// The number of votes.
        Votes = "votes",
        /// The account's own rating.
        MyRating = "my_rating",
        /// When the account watched it.
        Watched = "watched",
        /// When the account collected it.
        Collected = "collected",
        /// Random.
        Random = "random",
    }
}

open_enum! {
    /// Where an item is hidden.
    HiddenSection {
        /// From calendars.
        Calendar = "calendar",
        /// From watched progress.
        ProgressWatched = "progress_watched",
        /// From watched progress after a reset.
        ProgressWatchedReset = "progress_watched_reset",
        /// From collected progress.
        ProgressCollected = "progress_collected",
        /// From recommendations.
        Recommendations = "recommendations",
        /// Dropped shows.
        Dropped = "dropped",
        /// From comments.
        Comments = "comments",
    }
}

open_enum! {
    /// The period of a chart.
    Period {
        /// A day.
        Daily = "daily",
        /// A week.
        Weekly = "weekly",
        /// A month.
        Monthly = "monthly",
        /// A year.
        Yearly = "yearly",
        /// All time.
        All = "all",
    }
}

open_enum! {
    /// The service of an id.
    IdType {
        /// Trakt.
        Trakt = "trakt",
        /// IMDB.
        Imdb = "imdb",
        /// TMDB.
        Tmdb = "tmdb",
        /// TVDB.
        Tvdb = "tvdb",
    }
}
