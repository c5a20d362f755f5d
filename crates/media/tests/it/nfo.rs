//! NFO files as they are found in the wild.

use media::sidecars::nfo::{Nfo, parse};

fn one(text: &str) -> Nfo {
    let mut found = parse(text.as_bytes());
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_film_by_kodi() {
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
fn the_tags_of_older_versions() {
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
fn a_file_with_two_episodes() {
    let found = parse(
        b"<episodedetails><title>One</title><season>1</season><episode>1</episode><aired>2005-03-26</aired></episodedetails>\n\
          <episodedetails><title>Two</title><season>1</season><episode>2</episode></episodedetails>",
    );
    let episodes: Vec<_> = found.iter().map(|nfo| (nfo.title.as_deref(), nfo.season, nfo.episode)).collect();
    assert_eq!(episodes, [(Some("One"), Some(1), Some(1)), (Some("Two"), Some(1), Some(2))]);
    assert_eq!(found[0].released.unwrap().to_string(), "2005-03-26");
}

#[test]
fn an_address_alone_or_behind_the_xml() {
    assert_eq!(one("https://www.imdb.com/title/tt0017925/").ids.imdb.as_deref(), Some("tt0017925"));
    assert_eq!(one("https://www.themoviedb.org/movie/961-the-general").ids.tmdb, Some(961));
    assert_eq!(one("https://www.thetvdb.com/?tab=series&id=78804").ids.tvdb, Some(78804));
    let both = one("<movie><title>A</title></movie>\nhttps://www.imdb.com/title/tt0017925/");
    assert_eq!((both.title.as_deref(), both.ids.imdb.as_deref()), (Some("A"), Some("tt0017925")));
}

#[test]
fn what_breaks_the_rules_of_xml_is_read_all_the_same() {
    let nfo = one("\u{feff}<movie><title>Fast & Furious</title><plot>A &nbsp; b</plot></movie>\n");
    assert_eq!(nfo.title.as_deref(), Some("Fast & Furious"));
    let latin = parse(b"<movie><title>Am\xe9lie</title></movie>");
    assert_eq!(latin[0].title.as_deref(), Some("Amélie"));
}

#[test]
fn what_says_nothing_is_nothing() {
    assert_eq!(parse(b"release notes of a group"), []);
    assert_eq!(parse(b"<html><body>no</body></html>"), []);
    assert_eq!(parse(b""), []);
}

#[test]
fn entities_cannot_be_used_as_a_bomb() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><movie><title>&y;</title></movie>"#;
    assert!(parse(bomb.as_bytes()).iter().all(|nfo| nfo.title.as_deref().unwrap_or_default().len() < 20));
}
