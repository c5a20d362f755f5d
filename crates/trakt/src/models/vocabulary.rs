//! Trakt's enumerations, which may grow.

open_enum! {
    /// What an entry is about.
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
    /// How a play came into the history.
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
    /// What a scrobble call did. Trakt's word is the authority on whether a play counted.
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
    /// Where a movie or show stands.
    Status {
        /// Released.
        Released = "released",
        /// In production.
        InProduction = "in production",
        /// In post-production.
        PostProduction = "post production",
        /// Planned.
        Planned = "planned",
        /// Announced.
        Rumored = "rumored",
        /// Cancelled.
        Canceled = "canceled",
        /// A show with more to come.
        ReturningSeries = "returning series",
        /// A show that is on now.
        Continuing = "continuing",
        /// A first episode.
        Pilot = "pilot",
        /// To come.
        Upcoming = "upcoming",
        /// A show that has ended.
        Ended = "ended",
    }
}

open_enum! {
    /// An episode's place in its show.
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
        /// Who has the link.
        Link = "link",
        /// The owner's friends.
        Friends = "friends",
        /// Everybody.
        Public = "public",
    }
}

open_enum! {
    /// Which way a list is sorted.
    SortHow {
        /// From the smallest.
        Ascending = "asc",
        /// From the largest.
        Descending = "desc",
    }
}

open_enum! {
    /// What a list is sorted by.
    SortBy {
        /// The order its owner gave it.
        Rank = "rank",
        /// When it was added.
        Added = "added",
        /// The title.
        Title = "title",
        /// The release date.
        Released = "released",
        /// The runtime.
        Runtime = "runtime",
        /// How many members watch it.
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
        /// At random.
        Random = "random",
    }
}

open_enum! {
    /// Where a hidden item is hidden.
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
    /// How long a chart looks back.
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
    /// Which service an id belongs to.
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
