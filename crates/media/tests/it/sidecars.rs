//! Assigning sidecar files to videos.

use std::path::{Path, PathBuf};

use media::sidecars::{Sidecars, SubtitleFile, SubtitleFormat};
use rstest::rstest;

fn sidecars(paths: &[&str]) -> Sidecars {
    Sidecars::new(paths.iter().map(PathBuf::from), [])
}

#[test]
fn a_film_uses_files_named_like_it_and_generic_names_in_its_own_folder() {
    let found = sidecars(&[
        "F/movie.nfo",
        "F/poster.jpg",
        "F/fanart.jpg",
        "F/F (2000)-clearlogo.png",
        "F/F (2000)-poster.png",
    ]);
    let video = Path::new("F/F (2000).mkv");
    assert_eq!(found.movie_nfo(video, true), Some(Path::new("F/movie.nfo")));
    assert_eq!(found.movie_nfo(video, false), None);
    let art = found.movie_artwork(video, true);
    assert_eq!(art.poster, Some("F/F (2000)-poster.png".into()));
    assert_eq!(art.backdrop, Some("F/fanart.jpg".into()));
    assert_eq!(art.logo, Some("F/F (2000)-clearlogo.png".into()));
    let shared = found.movie_artwork(video, false);
    assert_eq!((shared.poster, shared.backdrop), (Some("F/F (2000)-poster.png".into()), None));
}

#[test]
fn folder_jpg_is_a_poster_and_names_are_case_insensitive() {
    let found = sidecars(&["F/Folder.JPG", "F/f (2000).NFO"]);
    let video = Path::new("F/F (2000).mkv");
    assert_eq!(found.movie_artwork(video, true).poster, Some("F/Folder.JPG".into()));
    assert_eq!(found.movie_nfo(video, false), Some(Path::new("F/f (2000).NFO")));
}

#[test]
fn a_show_has_posters_per_season_and_stills_per_episode() {
    let found = sidecars(&[
        "S/tvshow.nfo",
        "S/poster.jpg",
        "S/season01-poster.jpg",
        "S/season-specials-poster.jpg",
        "S/Season 2/folder.jpg",
        "S/Season 1/S01E01-thumb.jpg",
        "S/Season 1/S01E02.jpg",
        "S/Season 1/S01E01.nfo",
    ]);
    let show = Path::new("S");
    assert_eq!(found.show_nfo(show), Some(Path::new("S/tvshow.nfo")));
    assert_eq!(found.show_artwork(show).poster, Some("S/poster.jpg".into()));
    assert_eq!(found.season_poster(show, None, 1), Some("S/season01-poster.jpg".into()));
    assert_eq!(found.season_poster(show, None, 0), Some("S/season-specials-poster.jpg".into()));
    assert_eq!(
        found.season_poster(show, Some(Path::new("S/Season 2")), 2),
        Some("S/Season 2/folder.jpg".into())
    );
    assert_eq!(found.season_poster(show, Some(show), 3), None);
    assert_eq!(
        found.episode_thumb(Path::new("S/Season 1/S01E01.mkv")),
        Some("S/Season 1/S01E01-thumb.jpg".into())
    );
    assert_eq!(found.episode_thumb(Path::new("S/Season 1/S01E02.mkv")), Some("S/Season 1/S01E02.jpg".into()));
    assert_eq!(
        found.episode_nfo(Path::new("S/Season 1/S01E01.mkv")),
        Some(Path::new("S/Season 1/S01E01.nfo"))
    );
}

#[rstest]
#[case::dash("en-sdh", "en", "sdh")]
#[case::brackets("English [SDH]", "en", "sdh")]
#[case::both_flags("en.sdh.forced", "en", "forced sdh")]
#[case::own_word("Deutsch (forciert)", "de", "forced")]
#[case::spanish_word("spa.forzados", "es", "forced")]
#[case::region_behind_script("zh-Hant-TW", "zh-Hant", "")]
#[case::region("zh_CN", "zh-CN", "")]
#[case::simplified("sc", "zh-Hans", "")]
#[case::traditional("tc", "zh-Hant", "")]
#[case::script_in_brackets("中文(简体)", "zh-Hans", "")]
#[case::two_languages("chs&eng", "zh-Hans", "")]
#[case::three_letters_and_region("por-BR", "pt-BR", "")]
#[case::brazil_in_brackets("Português (Brasil)", "pt-BR", "")]
#[case::latin_america("es-LA", "es-419", "")]
#[case::latin_american_word("es-lat", "es-419", "")]
#[case::latin("lat", "la", "")]
#[case::french("VOSTFR", "fr", "")]
fn a_tag_contains_language_and_flags(#[case] tag: &str, #[case] language: &str, #[case] expected: &str) {
    let found = sidecars(&[&format!("F/F (2000).{tag}.srt")]);
    let files = found.subtitles(Path::new("F/F (2000).mkv"), true);
    assert_eq!(files.len(), 1);
    let flags = [(files[0].forced, "forced"), (files[0].hearing_impaired, "sdh")];
    let flags: Vec<&str> = flags.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect();
    assert_eq!((files[0].language.as_deref(), flags.join(" ").as_str()), (Some(language), expected));
}

#[test]
fn subtitle_names_contain_language_and_flags() {
    let found = sidecars(&[
        "F/F (2000).srt",
        "F/F (2000).en.srt",
        "F/F (2000).en.forced.srt",
        "F/F (2000).eng.sdh.ass",
        "F/F (2000).pt-BR.default.vtt",
        "F/F (2000).German.Commentary.srt",
        "F/F (2000).en.hi.srt",
        "F/F (2000)b.en.srt",
        "F/Other.en.srt",
    ]);
    let found: Vec<_> = found
        .subtitles(Path::new("F/F (2000).mkv"), true)
        .into_iter()
        .map(|file| {
            let flags = format!(
                "{}{}{}",
                if file.forced { "forced " } else { "" },
                if file.hearing_impaired { "sdh " } else { "" },
                if file.default { "default " } else { "" }
            );
            (file.language.unwrap_or_default(), flags.trim().to_owned(), file.title.unwrap_or_default())
        })
        .collect();
    let expected = [
        ("de", "", "commentary"),
        ("en", "forced", ""),
        ("en", "sdh", ""),
        ("en", "", ""),
        ("en", "sdh", ""),
        ("pt-BR", "default", ""),
        ("", "", ""),
    ];
    let expected: Vec<_> = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())).into();
    assert_eq!(found, expected);
}

#[test]
fn a_subs_folder_belongs_to_the_video_next_to_it() {
    let found = sidecars(&[
        "F/Subs/2_English.srt",
        "F/Subs/3_French.srt",
        "S/Subs/S01E01/2_English.srt",
        "S/Subs/S01E02/2_German.srt",
    ]);
    let film = found.subtitles(Path::new("F/F.mkv"), true);
    assert_eq!(
        film.iter().map(|file| file.language.as_deref()).collect::<Vec<_>>(),
        [Some("en"), Some("fr")]
    );
    assert!(found.subtitles(Path::new("F/F.mkv"), false).is_empty());
    let episode = found.subtitles(Path::new("S/S01E02.mkv"), false);
    assert_eq!(episode.iter().map(|file| file.language.as_deref()).collect::<Vec<_>>(), [Some("de")]);
    assert_eq!(episode[0].format, SubtitleFormat::Srt);
}

/// Language, flags and title of a subtitle file, as `pt-BR forced sdh default (title)`.
fn described(file: &SubtitleFile) -> String {
    let mut text = file.language.clone().unwrap_or_else(|| "-".to_owned());
    for (flag, name) in
        [(file.forced, " forced"), (file.hearing_impaired, " sdh"), (file.default, " default")]
    {
        text.push_str(if flag { name } else { "" });
    }
    text + &file.title.as_ref().map_or_else(String::new, |title| format!(" ({title})"))
}

#[rstest]
#[case("", "-")]
#[case(".en", "en")]
#[case(".eng", "en")]
#[case(".English", "en")]
#[case(".pt-BR", "pt-BR")]
#[case(".pt_BR", "pt-BR")]
#[case(".ptbr", "pt-BR")]
#[case(".pb", "pt-BR")]
#[case(".pob", "pt-BR")]
#[case(".es-419", "es-419")]
#[case(".es_419", "es-419")]
#[case(".chs", "zh-Hans")]
#[case(".cht", "zh-Hant")]
#[case(".zh-Hans", "zh-Hans")]
#[case(".zh-CN", "zh-CN")]
#[case(".简体", "zh-Hans")]
#[case(".中文", "zh")]
#[case(".Deutsch", "de")]
#[case(".Français", "fr")]
#[case(".日本語", "ja")]
#[case(".한국어", "ko")]
#[case(".Українська", "uk")]
#[case(".العربية", "ar")]
#[case(".hi", "hi")]
#[case(".hi.en", "en sdh")]
#[case(".en.hi", "en sdh")]
#[case(".en.sdh", "en sdh")]
#[case(".en.cc", "en sdh")]
#[case(".English (SDH)", "en sdh")]
#[case(".en.forced", "en forced")]
#[case(".en-forced", "en forced")]
#[case(".forced.en", "en forced")]
#[case("_en", "en")]
#[case("-en", "en")]
#[case(" en", "en")]
#[case(".en.default.forced", "en forced default")]
#[case(".en.Commentary", "en (commentary)")]
#[case(".Portuguese (Brazil)", "pt-BR")]
#[case(".Português (Brasil)", "pt-BR")]
#[case(".Spanish (Latin America)", "es-419")]
#[case(".Chinese (Simplified)", "zh-Hans")]
#[case(".Traditional Chinese", "zh-Hant")]
#[case(".English (Simplified)", "en (simplified)")]
#[case(".chs&eng", "zh-Hans (eng)")]
#[case(".മലയാളം", "ml")]
#[case(".Portugue\u{302}s", "pt")]
fn subtitle_tags_are_parsed(#[case] tags: &str, #[case] expected: &str) {
    let found = sidecars(&[&format!("F/F (2000){tags}.srt")]).subtitles(Path::new("F/F (2000).mkv"), true);
    assert_eq!(found.iter().map(described).collect::<Vec<_>>(), [expected]);
}

#[test]
fn a_subtitle_belongs_to_the_video_with_the_longest_matching_name() {
    let paths = ["Alien.en.srt", "Alien 3.en.srt", "Alien 3 Extended.en.srt", "Alien-3.de.srt"];
    let videos = ["Alien.mkv", "Alien 3.mkv", "Alien 3 Extended.mkv"].map(Path::new);
    let found = Sidecars::new(paths.iter().map(PathBuf::from), videos);
    let of = |video: &str| -> Vec<String> {
        let files = found.subtitles(Path::new(video), false);
        files.iter().map(|file| file.path.display().to_string()).collect()
    };
    assert_eq!(of("Alien.mkv"), ["Alien.en.srt"]);
    assert_eq!(of("Alien 3.mkv"), ["Alien 3.en.srt"]);
    assert_eq!(of("Alien 3 Extended.mkv"), ["Alien 3 Extended.en.srt"]);
}

#[test]
fn another_titles_subtitle_is_not_used_even_if_its_video_is_missing() {
    let found = sidecars(&["Alien 3.en.srt", "Alien Resurrection.srt", "Alien.en.srt"]);
    let files = found.subtitles(Path::new("Alien.mkv"), false);
    assert_eq!(files.iter().map(|file| file.path.to_str().unwrap()).collect::<Vec<_>>(), ["Alien.en.srt"]);
}

#[test]
fn names_match_regardless_of_unicode_normalisation() {
    let found = sidecars(&["Ame\u{301}lie.fr.srt", "Ame\u{301}lie.nfo"]);
    let video = Path::new("Am\u{e9}lie.mkv");
    assert_eq!(found.subtitles(video, false).len(), 1);
    assert!(found.movie_nfo(video, false).is_some());
}

#[test]
fn language_folders_inside_subs_are_read() {
    let found = sidecars(&[
        "F/SUBS/English/F.srt",
        "F/SUBS/Português/F.forced.srt",
        "F/SUBS/pt_BR/anything.srt",
        "F/SUBS/Notes/F.srt",
        "F/subtitles/F.de.srt",
    ]);
    let files = found.subtitles(Path::new("F/F.mkv"), true);
    let expected = ["en", "pt forced", "pt-BR (anything)", "de"];
    assert_eq!(files.iter().map(described).collect::<Vec<_>>(), expected);
}

#[test]
fn in_a_shared_folder_only_files_named_like_the_video_are_used_from_subs() {
    let paths = ["Subs/English/A.srt", "Subs/English/B.srt", "Subs/English.srt", "Subs/B.de.srt"];
    let found = Sidecars::new(paths.iter().map(PathBuf::from), ["A.mkv", "B.mkv"].map(Path::new));
    let files = found.subtitles(Path::new("B.mkv"), false);
    let names: Vec<_> = files.iter().map(|file| file.path.to_str().unwrap()).collect();
    assert_eq!(names, ["Subs/B.de.srt", "Subs/English/B.srt"]);
}
