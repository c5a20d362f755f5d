//! The closed lists served by Trakt: genres, languages, countries, certifications, networks.

/// A name with its code or slug, as `/genres`, `/languages` and `/countries` list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The display name.
    pub name: &'static str,
    /// The value used by the API: a slug (`science-fiction`) or an ISO code (`nl`).
    pub code: &'static str,
}

/// A broadcaster or a production company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Company {
    /// Its number on Trakt.
    pub id: u64,
    /// The display name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2, lowercase.
    pub country: &'static str,
}

const fn term(name: &'static str, code: &'static str) -> Term {
    Term { name, code }
}

const fn company(id: u64, name: &'static str, country: &'static str) -> Company {
    Company { id, name, country }
}

/// The genres of movies.
pub const MOVIE_GENRES: &[Term] = &[
    term("Action", "action"),
    term("Adventure", "adventure"),
    term("Animation", "animation"),
    term("Comedy", "comedy"),
    term("Crime", "crime"),
    term("Documentary", "documentary"),
    term("Drama", "drama"),
    term("Family", "family"),
    term("Fantasy", "fantasy"),
    term("History", "history"),
    term("Horror", "horror"),
    term("Music", "music"),
    term("Mystery", "mystery"),
    term("Romance", "romance"),
    term("Science Fiction", "science-fiction"),
    term("Short", "short"),
    term("Thriller", "thriller"),
    term("War", "war"),
    term("Western", "western"),
];

/// The genres of shows.
pub const SHOW_GENRES: &[Term] = &[
    term("Action", "action"),
    term("Adventure", "adventure"),
    term("Animation", "animation"),
    term("Comedy", "comedy"),
    term("Crime", "crime"),
    term("Documentary", "documentary"),
    term("Drama", "drama"),
    term("Family", "family"),
    term("Fantasy", "fantasy"),
    term("History", "history"),
    term("Horror", "horror"),
    term("Mystery", "mystery"),
    term("Romance", "romance"),
    term("Science Fiction", "science-fiction"),
    term("Thriller", "thriller"),
    term("Western", "western"),
];

/// The languages used, ISO 639-1.
pub const LANGUAGES: &[Term] = &[
    term("Danish", "da"),
    term("Dutch", "nl"),
    term("English", "en"),
    term("French", "fr"),
    term("German", "de"),
    term("Italian", "it"),
    term("Japanese", "ja"),
    term("Korean", "ko"),
    term("Portuguese", "pt"),
    term("Russian", "ru"),
    term("Spanish", "es"),
    term("Swedish", "sv"),
];

/// The countries used, ISO 3166-1 alpha-2 in lowercase, as on Trakt.
pub const COUNTRIES: &[Term] = &[
    term("Brazil", "br"),
    term("Denmark", "dk"),
    term("France", "fr"),
    term("Germany", "de"),
    term("Italy", "it"),
    term("Japan", "jp"),
    term("Netherlands", "nl"),
    term("Russia", "ru"),
    term("South Korea", "kr"),
    term("Spain", "es"),
    term("Sweden", "se"),
    term("United Kingdom", "gb"),
    term("United States", "us"),
];

/// Origins of generated titles: country and main language, most frequent first.
pub(super) const ORIGINS: &[(&str, &str)] = &[
    ("us", "en"),
    ("us", "en"),
    ("us", "en"),
    ("us", "en"),
    ("gb", "en"),
    ("gb", "en"),
    ("fr", "fr"),
    ("de", "de"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("es", "es"),
    ("it", "it"),
    ("nl", "nl"),
    ("se", "sv"),
    ("dk", "da"),
    ("br", "pt"),
];

/// American film ratings, mildest first.
pub const MOVIE_CERTIFICATIONS: &[Term] =
    &[term("G", "g"), term("PG", "pg"), term("PG-13", "pg-13"), term("R", "r"), term("Not Rated", "nr")];

/// American television ratings, mildest first.
pub const SHOW_CERTIFICATIONS: &[Term] = &[
    term("TV-Y", "tv-y"),
    term("TV-G", "tv-g"),
    term("TV-PG", "tv-pg"),
    term("TV-14", "tv-14"),
    term("TV-MA", "tv-ma"),
];

/// Returns the value of a title's `certification` for a rating in these lists: Trakt writes `NR` there, but lists it as
/// `Not Rated`.
pub(super) fn certification(term: &Term) -> &'static str {
    if term.code == "nr" { "NR" } else { term.name }
}

/// Invented broadcasters of the generated shows.
pub const NETWORKS: &[Company] = &[
    company(901, "Harbour One", "gb"),
    company(902, "Northlight", "us"),
    company(903, "Meridian", "us"),
    company(904, "Canal Vert", "fr"),
    company(905, "Kanal Sieben", "de"),
    company(906, "Tokai Television", "jp"),
    company(907, "Lantern+", "us"),
    company(908, "Orbit", "us"),
    company(909, "Polder TV", "nl"),
    company(910, "Skarven", "se"),
];

/// Invented production companies of the generated movies.
pub const STUDIOS: &[Company] = &[
    company(501, "Tin Lantern Pictures", "us"),
    company(502, "Grand Meridian", "us"),
    company(503, "Saltmarsh Films", "gb"),
    company(504, "Les Films du Phare", "fr"),
    company(505, "Weitblick Film", "de"),
    company(506, "Kawabe Studio", "jp"),
    company(507, "Paper Kite", "us"),
    company(508, "Nordlys Film", "dk"),
];

/// Returns the shared spelling of a genre of any kind of title.
pub(super) fn genre(slug: &str) -> Option<&'static str> {
    MOVIE_GENRES.iter().chain(SHOW_GENRES).find(|known| known.code == slug).map(|known| known.code)
}

/// Returns the display name of a language code.
pub fn language_name(code: &str) -> Option<&'static str> {
    LANGUAGES.iter().find(|known| known.code == code).map(|known| known.name)
}
