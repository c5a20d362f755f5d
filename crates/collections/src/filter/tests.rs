//! Each filter with each of its modifiers.

use chrono::{NaiveDate, TimeZone, Utc};
use kometa::spec::Media;
use rstest::rstest;

use super::*;
use crate::entry::Ids;
use crate::library::{Facts, FileFacts};
use crate::plan::tests::collection;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn file(height: u32) -> FileFacts {
    FileFacts {
        path: "Heat (1995)/Heat.mkv".into(),
        video_codec: Some("hevc".into()),
        size: Some((height * 16 / 9, height)),
        resolution: Some(if height > 1200 { "2160p" } else { "1080p" }.into()),
        channels: Some(6),
        audio_codecs: texts(&["dts", "dca"]),
        audio_titles: texts(&["Commentary by the director"]),
        audio_languages: vec![texts(&["en", "English"]), texts(&["de", "German"])],
        subtitle_titles: texts(&["Full"]),
        subtitle_languages: vec![texts(&["fr", "French"])],
        edition: None,
        dolby_vision: height > 1200,
    }
}

fn movie() -> Item {
    let day = |year, month, day| Some(Utc.with_ymd_and_hms(year, month, day, 12, 0, 0).unwrap());
    Item {
        key: 1,
        kind: Kind::Movie,
        show: None,
        title: "Heat".into(),
        sort_title: "heat".into(),
        year: Some(1995),
        ids: Ids::default(),
        facts: Facts {
            added: day(2026, 11, 20),
            released: day(1995, 11, 28),
            minutes: Some(170),
            rating: Some(8.3),
            genres: texts(&["science-fiction", "crime"]),
            countries: texts(&["us", "gb"]),
            language: Some(texts(&["en", "English"])),
            network: None,
            certification: Some("R".into()),
            summary: Some("A thief and a detective.".into()),
            status: None,
            name: None,
            collections: texts(&["Mann"]),
            files: vec![file(1080), file(2160)],
        },
    }
}

/// A show with two seasons of two episodes; all episodes but one are in 1080p.
fn show() -> Vec<Item> {
    let part = |key, kind, title: &str| {
        let mut item = movie();
        (item.key, item.kind, item.show, item.title) = (key, kind, Some(1), title.to_owned());
        item.facts.files = Vec::new();
        item
    };
    let mut show = part(1, Kind::Show, "Lost");
    show.show = None;
    show.facts.network = Some("ABC".into());
    show.facts.status = Some("returning series".into());
    let mut all = vec![show, part(2, Kind::Season(1), "Beginnings"), part(3, Kind::Season(2), "Endings")];
    for (key, season, number, height) in [(4, 1, 1, 1080), (5, 1, 2, 1080), (6, 2, 1, 1080), (7, 2, 2, 2160)]
    {
        let mut episode = part(key, Kind::Episode(season, number), "Lost 1x01 Pilot");
        episode.facts.name = Some("Pilot".into());
        episode.facts.rating = Some(f64::from(number) * 4.0);
        episode.facts.files = vec![file(height)];
        all.push(episode);
    }
    all
}

/// Whether the first item of a library passes the filters.
fn passes(media: Media, items: Vec<Item>, filters: &str) -> bool {
    let text = format!("    trakt_list: https://trakt.tv/users/a/lists/x\n    filters:\n      {filters}\n");
    let definition = collection(media, &text);
    assert!(!definition.fails(), "{filters}: {:?}", definition.findings);
    let library = Library::new(media, items);
    let item = &library.items()[0];
    let filters = &definition.spec.filters;
    assert_eq!(unsupported(filters, &[]), [""; 0], "{text}");
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    exclusion_reason(filters, item, FilterContext { library: &library, today, percent: 50 }).is_none()
}

#[rstest]
// Texts: compared without case; a comma is part of the text.
#[case::contains("title: EA", true)]
#[case::contains_not("title: eb", false)]
#[case::comma("title: 'heat, x'", false)]
#[case::several("title: [x, eat]", true)]
#[case::not("title.not: eat", false)]
#[case::not_other("title.not: [x, y]", true)]
#[case::is("title.is: heat", true)]
#[case::is_part("title.is: hea", false)]
#[case::isnot("title.isnot: HEAT", false)]
#[case::isnot_part("title.isnot: hea", true)]
#[case::begins("title.begins: HE", true)]
#[case::begins_middle("title.begins: ea", false)]
#[case::ends("title.ends: AT", true)]
#[case::ends_middle("title.ends: ea", false)]
#[case::regex("title.regex: ^H.*t$", true)]
#[case::regex_with_case("title.regex: ^h", false)]
#[case::summary("summary: detective", true)]
#[case::filepath("filepath: heat.mkv", true)]
#[case::folder_of_a_movie("filepath.begins: 'heat (1995)/'", true)]
#[case::video_codec("video_codec.is: hevc", true)]
#[case::audio_codec("audio_codec: dts", true)]
#[case::audio_codec_as_plex_names_it("audio_codec.is: dca", true)]
#[case::audio_track_title("audio_track_title: commentary", true)]
#[case::audio_track_title_not("audio_track_title.not: commentary", false)]
#[case::subtitle_track_title("subtitle_track_title.is: full", true)]
#[case::edition("edition.not: director", true)]
// Tags: values are split at commas, and one of them must match.
#[case::any_tag("genre: western, crime", true)]
#[case::no_tag("genre: western", false)]
#[case::tag_by_its_name("genre: Science Fiction", true)]
#[case::not_tag("genre.not: crime", false)]
#[case::not_other_tag("genre.not: [western, drama]", true)]
#[case::tag_regex("genre.regex: ^science", true)]
#[case::tag_regex_on_the_name("genre.regex: ^(Science Fiction|War)$", true)]
#[case::tag_regex_other("genre.regex: ^Fiction", false)]
#[case::count_gt("genre.count_gt: 1", true)]
#[case::count_gt_equal("genre.count_gt: 2", false)]
#[case::count_gte("genre.count_gte: 2", true)]
#[case::count_lt("genre.count_lt: 2", false)]
#[case::count_lte("genre.count_lte: 2", true)]
#[case::country("country: US", true)]
#[case::second_country("country: gb", true)]
#[case::country_by_name("country: [France, United States of America]", true)]
#[case::country_by_another_name("country: usa", true)]
#[case::not_country_by_name("country.not: United Kingdom", false)]
#[case::other_country("country: Germany", false)]
#[case::country_missing_from_the_table("country: Atlantis", false)]
#[case::content_rating("content_rating: r", true)]
#[case::collection("collection: mann", true)]
#[case::collection_not("collection.not: mann", false)]
#[case::language_code("original_language: en", true)]
#[case::language_name("language: English", true)]
#[case::audio_language("audio_language: German", true)]
#[case::audio_language_code("audio_language: de", true)]
#[case::audio_languages_are_counted_once("audio_language.count_lte: 2", true)]
#[case::audio_language_not("audio_language.not: French", true)]
#[case::subtitle_language("subtitle_language: French", true)]
#[case::resolution_4k("resolution: 4K", true)]
#[case::resolution_of_the_other_version("resolution: 1080", true)]
#[case::resolution_other("resolution: 720", false)]
// Dates: within the last days, or compared with a date.
#[case::within("added: 8", true)]
#[case::not_within("added: 7", false)]
#[case::date_not("added.not: 8", false)]
#[case::before("release.before: 1995-11-29", true)]
#[case::before_the_day("release.before: 1995-11-28", false)]
#[case::after("release.after: 11/27/1995", true)]
#[case::after_today("release.after: today", false)]
#[case::date_gt("release.gt: 1995-11-28", false)]
#[case::date_gte_runs_as_after("release.gte: 1995-11-28", false)]
#[case::date_lt("release.lt: 1996-01-01", true)]
#[case::date_lte("released.lte: 1996-01-01", true)]
#[case::date_regex("release.regex: ^11/", true)]
#[case::date_regex_other("release.regex: ^12/", false)]
#[case::history_day("history: day", true)]
#[case::history_month("history: month", true)]
#[case::history_days("history: 1", true)]
// Numbers.
#[case::number("year: 1995", true)]
#[case::numbers("year: 1994, 1995", true)]
#[case::number_not("year.not: 1995", false)]
#[case::gt("year.gt: 1995", false)]
#[case::gte("year.gte: 1995", true)]
#[case::lt("year.lt: 1995", false)]
#[case::lte("year.lte: 1995", true)]
#[case::current_year("year.lte: current_year", true)]
#[case::current_year_minus("year.gte: current_year-31", true)]
#[case::current_year_minus_with_spaces("year.gte: current_year - 30", false)]
#[case::current_year_minus_too_few("year.gte: current_year-30", false)]
#[case::rating("audience_rating.gte: 8.3", true)]
#[case::duration("duration.lt: 170", false)]
#[case::channels("channels.gte: 6", true)]
#[case::the_largest_version_counts("height.gte: 2160", true)]
#[case::width("width: 3840", true)]
#[case::aspect("aspect: 1.78", true)]
// Switches.
#[case::has_collection("has_collection: true", true)]
#[case::has_collection_not("has_collection: no", false)]
#[case::has_edition("has_edition: false", true)]
#[case::has_dolby_vision("has_dolby_vision: true", true)]
// All filters of a mapping must match, and one mapping of a list.
#[case::not_all("{year: 1995, genre: western}", false)]
#[case::one_mapping("[{year: 1990}, {genre: crime}]", true)]
#[case::no_mapping("[{year: 1990}, {genre: western}]", false)]
fn movies_are_filtered(#[case] filters: &str, #[case] expected: bool) {
    assert_eq!(passes(Media::Movies, vec![movie()], filters), expected);
}

#[rstest]
#[case::year("year.not: 1990")]
#[case::release("release.before: 2030-01-01")]
#[case::added("added.not: 3")]
#[case::rating("audience_rating.lte: 10")]
#[case::height("height.lt: 5000")]
#[case::history("history: month")]
fn items_without_the_value_never_pass_with_any_modifier(#[case] filters: &str) {
    let mut item = movie();
    (item.year, item.facts) = (None, Facts::default());
    assert!(!passes(Media::Movies, vec![item], filters));
}

#[rstest]
#[case::network("network: abc", true)]
#[case::show_title("show_title.is: lost", true)]
#[case::season_title("season_title: ending", true)]
#[case::folder("folder.begins: heat", true)]
#[case::first_aired("first_episode_aired.after: 1995-01-01", true)]
#[case::status("tmdb_status: returning", true)]
#[case::status_other("tmdb_status: ended", false)]
#[case::file_filters_require_half_of_the_episodes("resolution: 1080", true)]
#[case::file_filters_with_too_few_episodes("resolution: 4k", false)]
#[case::half_of_the_episodes_by_default("episodes: {audience_rating.gte: 8}", true)]
#[case::episodes_by_percentage("episodes: {audience_rating.gte: 8, percentage: 51}", false)]
#[case::episodes_by_count("episodes: {resolution: 4k, count: 1}", true)]
#[case::episodes_by_count_too_few("episodes: {resolution: 4k, count: 2}", false)]
#[case::episode_title_without_the_show_title("episodes: {title.is: pilot, percentage: 100}", true)]
#[case::seasons("seasons: {title.begins: end, count: 1}", true)]
#[case::seasons_by_percentage("seasons: {title.begins: end, percentage: 51}", false)]
fn shows_are_filtered(#[case] filters: &str, #[case] expected: bool) {
    assert_eq!(passes(Media::Shows, show(), filters), expected);
}

#[rstest]
#[case("critic_rating.gte: 5", "critic_rating")]
#[case("plays: 1", "plays")]
#[case("actor: Al Pacino", "actor")]
#[case("has_stinger: true", "has_stinger")]
#[case("audio_profile: ma", "audio_profile")]
fn unsupported_filters_are_reported(#[case] filters: &str, #[case] name: &str) {
    let text = format!("    trakt_list: https://trakt.tv/users/a/lists/x\n    filters:\n      {filters}\n");
    let definition = collection(Media::Movies, &text);
    assert_eq!(unsupported(&definition.spec.filters, &[]), [name]);
}

#[test]
fn unsupported_nested_filters_are_reported() {
    let text = "    trakt_list: https://trakt.tv/users/a/lists/x\n    filters:\n      episodes: {user_rating.gt: 5}\n";
    let definition = collection(Media::Shows, text);
    assert_eq!(unsupported(&definition.spec.filters, &["episodes"]), ["episodes", "user_rating"]);
}
