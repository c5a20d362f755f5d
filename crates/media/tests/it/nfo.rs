//! NFO files as real programs write them.

use encoding_rs::{Encoding, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use media::sidecars::nfo::{Nfo, of_episode, parse};
use rstest::rstest;

fn one(text: &str) -> Nfo {
    let mut found = parse(text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_movie_written_by_kodi_is_read() {
    let nfo = one(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <!-- made by a tool -->
        <movie>
          <title>The General</title><year>1926</year>
          <plot>A train &amp; a dog.</plot><tagline>Love, locomotives and laughs</tagline><runtime>78</runtime>
          <genre>Comedy</genre><genre>Action / War</genre>
          <uniqueid type="imdb" default="true">tt0017925</uniqueid><uniqueid type="tmdb">961</uniqueid>
          <actor><name>Buster Keaton</name></actor>
        </movie>"#);
    assert_eq!((nfo.title.as_deref(), nfo.year, nfo.runtime), (Some("The General"), Some(1926), Some(78)));
    assert_eq!(nfo.plot.as_deref(), Some("A train & a dog."));
    assert_eq!(nfo.genres, ["Comedy", "Action", "War"]);
    assert_eq!((nfo.ids.imdb.as_deref(), nfo.ids.tmdb, nfo.ids.tvdb), (Some("tt0017925"), Some(961), None));
}

#[test]
fn tags_of_older_kodi_versions_are_read() {
    let film = one(
        "<movie><title>A</title><id>tt0017925</id><tmdbid>961</tmdbid><premiered>1926-12-31</premiered></movie>",
    );
    assert_eq!(
        (film.ids.imdb.as_deref(), film.ids.tmdb, film.year),
        (Some("tt0017925"), Some(961), Some(1926))
    );
    let show = one("<tvshow><title>B</title><id>78804</id></tvshow>");
    assert_eq!(show.ids.tvdb, Some(78804));
}

#[test]
fn two_episodes_in_one_file_are_read() {
    let found = parse(
        b"<episodedetails><title>One</title><season>1</season><episode>1</episode><aired>2005-03-26</aired></episodedetails>\n\
          <episodedetails><title>Two</title><season>1</season><episode>2</episode></episodedetails>",
    );
    let episodes: Vec<_> = found.iter().map(|nfo| (nfo.title.as_deref(), nfo.season, nfo.episode)).collect();
    assert_eq!(episodes, [(Some("One"), Some(1), Some(1)), (Some("Two"), Some(1), Some(2))]);
    assert_eq!(found[0].released.unwrap().to_string(), "2005-03-26");
}

#[test]
fn urls_are_read_alone_and_after_the_xml() {
    assert_eq!(one("https://www.imdb.com/title/tt0017925/").ids.imdb.as_deref(), Some("tt0017925"));
    assert_eq!(one("https://www.themoviedb.org/movie/961-the-general").ids.tmdb, Some(961));
    assert_eq!(one("https://www.thetvdb.com/?tab=series&id=78804").ids.tvdb, Some(78804));
    let both = one("<movie><title>A</title></movie>\nhttps://www.imdb.com/title/tt0017925/");
    assert_eq!((both.title.as_deref(), both.ids.imdb.as_deref()), (Some("A"), Some("tt0017925")));
}

#[test]
fn invalid_xml_is_read() {
    let nfo = one("\u{feff}<movie><title>Fast & Furious</title><plot>A &nbsp; b</plot></movie>\n");
    assert_eq!(nfo.title.as_deref(), Some("Fast & Furious"));
    let latin = parse(b"<movie><title>Am\xe9lie</title></movie>");
    assert_eq!(latin[0].title.as_deref(), Some("Amélie"));
}

#[test]
fn files_without_information_yield_no_entries() {
    assert_eq!(parse(b"release notes of a group"), []);
    assert_eq!(parse(b"<html><body>no</body></html>"), []);
    assert_eq!(parse(b""), []);
}

#[test]
fn entity_bombs_are_not_expanded() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><movie><title>&y;</title></movie>"#;
    let nfo = one(bomb);
    assert_eq!(nfo.title.as_deref(), Some("&y;"));
}

#[rstest]
#[case::cyrillic(WINDOWS_1251, "windows-1251", "Броненосец Потёмкин")]
#[case::western(WINDOWS_1252, "ISO-8859-1", "Amélie")]
#[case::japanese(SHIFT_JIS, "Shift_JIS", "七人の侍")]
fn the_declared_encoding_is_used(
    #[case] encoding: &'static Encoding,
    #[case] label: &str,
    #[case] title: &str,
) {
    let text = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n<movie><title>{title}</title></movie>");
    let found = parse(&encoding.encode(&text).0);
    assert_eq!(found[0].title.as_deref(), Some(title));
    // Many tools declare another encoding but write UTF-8.
    assert_eq!(one(&text).title.as_deref(), Some(title));
}

#[test]
fn utf16_is_read_with_its_declaration() {
    let text = "<?xml version=\"1.0\" encoding=\"utf-16\"?><movie><title>čau</title></movie>";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse(&bytes)[0].title.as_deref(), Some("čau"));
}

#[rstest]
#[case::control_character("<movie><title>The\u{b} General\u{1}</title><tmdbid>961</tmdbid></movie>")]
#[case::control_reference("<movie><title>The General&#x1f;</title><tmdbid>961</tmdbid></movie>")]
#[case::bare_angle_bracket(
    "<movie><plot>1 < 2, <3 and a <- b</plot><title>The General</title><tmdbid>961</tmdbid></movie>"
)]
#[case::unclosed_tag("<movie><plot><b>bold</plot><title>The General</title><tmdbid>961</tmdbid></movie>")]
#[case::closes_nothing("<movie></plot><title>The General</title><tmdbid>961</tmdbid></movie>")]
#[case::capitals("<Movie><Title>The General</Title><TMDBID>961</TMDBID></Movie>")]
#[case::duplicate_attribute("<movie><title a='1' a='2' b=3>The General</title><tmdbid>961</tmdbid></movie>")]
#[case::namespace("<movie xmlns:x='y'><x:y>z</x:y><title>The General</title><tmdbid>961</tmdbid></movie>")]
#[case::cdata("<movie><title><![CDATA[The General]]></title><tmdbid>961</tmdbid></movie>")]
#[case::no_end("<movie><title>The General</title><tmdbid>961</tmdbid>")]
#[case::truncated_in_text("<movie><title>The General</title><tmdbid>961</tmdbid><plot>A train and")]
#[case::truncated_in_tag("<movie><title>The General</title><tmdbid>961</tmdbid><plo")]
#[case::truncated_in_comment("<movie><title>The General</title><tmdbid>961</tmdbid><!-- made")]
fn damaged_parts_do_not_affect_the_rest(#[case] text: &str) {
    let nfo = one(text);
    assert_eq!((nfo.title.as_deref(), nfo.ids.tmdb), (Some("The General"), Some(961)));
}

#[test]
fn a_truncated_id_is_ignored() {
    let nfo = one("<movie><title>The General</title><tmdbid>96");
    assert_eq!((nfo.title.as_deref(), nfo.ids.tmdb), (Some("The General"), None));
}

#[test]
fn episodes_are_found_by_numbers_or_else_by_position() {
    let numbered = parse(
        b"<episodedetails><title>Two</title><season>1</season><episode>2</episode></episodedetails>\
          <episodedetails><title>One</title><season>1</season><episode>1</episode></episodedetails>",
    );
    let title = |nfo: Option<&Nfo>| nfo.and_then(|nfo| nfo.title.clone());
    assert_eq!(title(of_episode(&numbered, 1, 1, 0)).as_deref(), Some("One"));
    assert_eq!(title(of_episode(&numbered, 1, 2, 1)).as_deref(), Some("Two"));
    assert_eq!(of_episode(&numbered, 1, 3, 0), None);
    assert_eq!(of_episode(&numbered, 2, 1, 0), None);
    let bare = parse(
        b"<episodedetails><title>A</title></episodedetails><episodedetails><title>B</title></episodedetails>",
    );
    assert_eq!(title(of_episode(&bare, 1, 5, 1)).as_deref(), Some("B"));
}

#[rstest]
#[case("https://m.imdb.com/title/tt0017925/?ref_=x", Some("tt0017925"), None, None, None)]
#[case("https://www.imdb.com/de/title/tt0017925", Some("tt0017925"), None, None, None)]
#[case("http://www.imdb.com/Title?0017925", Some("tt0017925"), None, None, None)]
#[case("https://www.themoviedb.org/tv/1437-firefly?language=de", None, Some(1437), None, None)]
#[case("https://www.tmdb.org/movie/961", None, Some(961), None, None)]
#[case("http://thetvdb.com/index.php?tab=series&id=78804&lid=7", None, None, Some(78804), None)]
#[case("http://thetvdb.com/?tab=episode&seriesid=78804&seasonid=1", None, None, Some(78804), None)]
#[case("https://thetvdb.com/dereferrer/series/78804", None, None, Some(78804), None)]
#[case("https://trakt.tv/search/imdb/tt0017925", Some("tt0017925"), None, None, None)]
#[case("https://trakt.tv/search/tmdb/961?id_type=movie", None, Some(961), None, None)]
#[case("https://trakt.tv/search/trakt/12601", None, None, None, Some(12601))]
fn ids_are_read_from_urls(
    #[case] address: &str,
    #[case] imdb: Option<&str>,
    #[case] tmdb: Option<u64>,
    #[case] tvdb: Option<u64>,
    #[case] trakt: Option<u64>,
) {
    let ids = one(address).ids;
    assert_eq!((ids.imdb.as_deref(), ids.tmdb, ids.tvdb, ids.trakt), (imdb, tmdb, tvdb, trakt));
}

#[rstest]
#[case("https://trakt.tv/movies/the-general-1926", "the general", Some(1926))]
#[case("https://app.trakt.tv/shows/firefly?x=1", "firefly", None)]
#[case("https://trakt.tv/shows/24", "24", None)]
fn title_and_year_are_read_from_trakt_urls(
    #[case] address: &str,
    #[case] title: &str,
    #[case] year: Option<u16>,
) {
    let nfo = one(address);
    assert!(nfo.ids.is_empty());
    assert_eq!((nfo.title.as_deref(), nfo.year), (Some(title), year));
}
