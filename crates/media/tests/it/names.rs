//! Checks the tables of names: every path has to be parsed as its row says.

use std::fmt::Write as _;
use std::path::Path;

use media::names::{LeftOut, LibraryKind, Numbering, ParsedName, Work, parse, season_folder, show_folder};
use rstest::rstest;

#[rstest]
#[case::movies(LibraryKind::Movies, include_str!("tables/movies.txt"), 280)]
#[case::shows(LibraryKind::Shows, include_str!("tables/shows.txt"), 250)]
#[case::anime(LibraryKind::Shows, include_str!("tables/anime.txt"), 90)]
#[case::dates(LibraryKind::Shows, include_str!("tables/dates.txt"), 30)]
#[case::films(LibraryKind::Movies, include_str!("tables/films.txt"), 120)]
#[case::left_out_movies(LibraryKind::Movies, include_str!("tables/left_out_movies.txt"), 40)]
#[case::left_out_shows(LibraryKind::Shows, include_str!("tables/left_out_shows.txt"), 10)]
#[case::marks(LibraryKind::Shows, include_str!("tables/marks.txt"), 130)]
#[case::numbers(LibraryKind::Shows, include_str!("tables/numbers.txt"), 90)]
#[case::releases_movies(LibraryKind::Movies, include_str!("tables/releases_movies.txt"), 140)]
#[case::releases_shows(LibraryKind::Shows, include_str!("tables/releases_shows.txt"), 110)]
#[case::seasons(LibraryKind::Shows, include_str!("tables/seasons.txt"), 110)]
#[case::several(LibraryKind::Shows, include_str!("tables/several.txt"), 90)]
fn every_name_is_parsed_as_the_table_says(
    #[case] kind: LibraryKind,
    #[case] table: &str,
    #[case] at_least: usize,
) {
    let rows: Vec<(&str, &str)> = rows(table).collect();
    assert!(rows.len() >= at_least, "the table contains only {} names", rows.len());
    let mut wrong = String::new();
    for (path, expected) in rows {
        let found = describe(&parse(path, kind));
        if found != expected {
            let _ = writeln!(wrong, "{path}\n  expected {expected}\n  found    {found}");
        }
    }
    assert!(wrong.is_empty(), "parsed incorrectly:\n{wrong}");
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" => "))
}

fn describe(name: &ParsedName) -> String {
    match name {
        ParsedName::Movie(movie) => {
            let edition = movie.edition.as_ref().map_or_else(String::new, |edition| format!(" [{edition}]"));
            work(&movie.work) + &edition + &labels(movie.version.as_deref(), movie.part)
        }
        ParsedName::Episode(episode) => {
            let title = episode.title.as_ref().map_or_else(String::new, |title| format!(" \"{title}\""));
            let labels = labels(episode.version.as_deref(), episode.part);
            format!("{} {}{title}{labels}", work(&episode.show), number(&episode.numbering))
        }
        ParsedName::LeftOut { reason } => format!(
            "left out: {}",
            match reason {
                LeftOut::Trailer => "trailer",
                LeftOut::Sample => "sample",
                LeftOut::Extra => "extra",
                LeftOut::Dvd => "dvd",
                LeftOut::DiscExtra => "disc extra",
            }
        ),
        ParsedName::Unrecognised { show } => format!("not recognised: {}", work(show)),
    }
}

fn work(work: &Work) -> String {
    let mut text = work.title.clone();
    if let Some(year) = work.year {
        let _ = write!(text, " ({year})");
    }
    if let Some(id) = &work.ids.imdb {
        let _ = write!(text, " {{imdb-{id}}}");
    }
    if let Some(id) = work.ids.tmdb {
        let _ = write!(text, " {{tmdb-{id}}}");
    }
    if let Some(id) = work.ids.tvdb {
        let _ = write!(text, " {{tvdb-{id}}}");
    }
    text
}

fn labels(version: Option<&str>, part: Option<u16>) -> String {
    let mut text = String::new();
    if let Some(version) = version {
        let _ = write!(text, " <{version}>");
    }
    if let Some(part) = part {
        let _ = write!(text, " part {part}");
    }
    text
}

fn number(numbering: &Numbering) -> String {
    match numbering {
        Numbering::Episodes { season, episodes } => {
            let episodes: String = episodes.iter().map(|episode| format!("E{episode:02}")).collect();
            format!("S{season:02}{episodes}")
        }
        Numbering::Date(date) => date.to_string(),
        Numbering::Absolute(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u16::to_string).collect();
            format!("#{}", numbers.join("-"))
        }
    }
}

#[rstest]
#[case::with_diacritics("Säsong 1", Some(1))]
#[case::decomposed("Sa\u{308}song 1", Some(1))]
#[case::hangul("시즌 2", Some(2))]
#[case::number_first("3. Staffel", Some(3))]
#[case::brackets("[S04]", Some(4))]
#[case::number("7", Some(7))]
#[case::specials("Specials", Some(0))]
#[case::range("Season 1-5", None)]
#[case::pack("Show S01", None)]
#[case::title("Seasons of Love", None)]
#[case::acronym("S.W.A.T", None)]
#[case::show("The Wire", None)]
#[case::long_number("90210", None)]
fn season_folders_are_recognised(#[case] folder: &str, #[case] season: Option<u16>) {
    assert_eq!(season_folder(folder), season);
}

#[rstest]
#[case::season("Show/Säsong 1/e.mkv", Some("Show"))]
#[case::number("24/1/e.mkv", Some("24"))]
#[case::no_season("24/e.mkv", Some("24"))]
#[case::genre("Drama/Show/Season 1/Disc 2/e.mkv", Some("Drama/Show"))]
#[case::release("Show/Season 1/Show.S01E02.720p-GRP/e.mkv", Some("Show"))]
#[case::pack("Show S01/e.mkv", Some("Show S01"))]
#[case::category("Downloads/e.mkv", None)]
#[case::season_at_the_root("Season 1/e.mkv", None)]
#[case::root("e.mkv", None)]
fn the_show_folder_is_found_among_the_parent_folders(#[case] video: &str, #[case] folder: Option<&str>) {
    assert_eq!(show_folder(Path::new(video)), folder.map(Path::new));
}
