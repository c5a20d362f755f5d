//! Properties that hold for every file name.

use media::names::{LibraryKind, Numbering, ParsedName, Work, parse, season_folder};
use proptest::prelude::*;

/// Parts of names: words and numbers that the patterns look for, in several scripts, and separators.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "S01E02",
        "s1e2",
        "1x02",
        "E05",
        "Ep.",
        "Episode",
        "Folge",
        "第",
        "話",
        "集",
        "季",
        "시즌",
        "화",
        "الموسم",
        "Сезон",
        "серия",
        "Season",
        "Temporada",
        "[Cap.102]",
        "Part",
        "of",
        "1of3",
        "OVA",
        "SP",
        "2024-05-31",
        "13.02.2025",
        "20240531",
        "140722",
        "1920x1080",
        "1080p",
        "x264",
        "H.264",
        "BT.2020",
        "10bit",
        "DDP5.1",
        "[ABCD1234]",
        "[1080p]",
        "[Group]",
        "【字幕组】",
        "★",
        "(2010)",
        "2019",
        "100",
        "05",
        "v2",
        "END",
        "and",
        "&",
        "+",
        "~",
        "–",
        "×",
        "#",
        "½",
        "é",
        "e\u{301}",
        "ß",
        "İ",
        "鬼滅の刃",
        "German",
        "DL",
        "EXTENDED",
        "Director's Cut",
        "CD1of2",
        "trailer",
        "sample",
        "{tmdb-603}",
        "AKA",
        "www.x.org",
        "E10478",
        "99999",
        "65535",
        "65536",
        "99999999999",
        "January",
        "5",
    ]);
    let separator = prop::sample::select(vec![
        " ", ".", "_", "-", " - ", "/", "[", "]", "(", ")", "{", "}", ",", "", "\u{1f}", "\u{fffd}",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        4 => separator.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9]{1,6}",
    ]
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 1..14).prop_map(|pieces| pieces.concat() + ".mkv")
}

fn check_title(work: &Work, path: &str) -> Result<(), TestCaseError> {
    prop_assert!(!work.title.trim().is_empty(), "{path:?} has no title");
    Ok(())
}

/// Checks that numbers above 9,999 appear in the path as they are, and only as episodes of a season.
fn check_numbers(numbering: &Numbering, path: &str) -> Result<(), TestCaseError> {
    match numbering {
        Numbering::Episodes { season, episodes } => {
            prop_assert!(!episodes.is_empty(), "{path:?} has no episodes");
            prop_assert!(*season <= 9_999, "{path:?} has season {season}");
            for episode in episodes.iter().filter(|episode| **episode > 9_999) {
                let written = path.to_lowercase();
                prop_assert!(
                    *episode <= 19_999 && written.contains(&episode.to_string()),
                    "{path:?} has episode {episode}"
                );
            }
        }
        Numbering::Absolute(numbers) => {
            prop_assert!(!numbers.is_empty(), "{path:?} has no numbers");
            prop_assert!(
                numbers.iter().all(|number| *number <= 9_999),
                "{path:?} has the numbers {numbers:?}"
            );
        }
        Numbering::Date(_) => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn every_name_has_a_title_and_plausible_numbers(path in path(), movie in any::<bool>()) {
        match parse(&path, if movie { LibraryKind::Movies } else { LibraryKind::Shows }) {
            ParsedName::Movie(name) => check_title(&name.work, &path)?,
            ParsedName::Unrecognised { show } => check_title(&show, &path)?,
            ParsedName::LeftOut { .. } => {}
            ParsedName::Episode(name) => {
                check_title(&name.show, &path)?;
                check_numbers(&name.numbering, &path)?;
            }
        }
    }

    #[test]
    fn a_name_without_numbers_is_not_an_episode(letters in "[a-zA-Z ._-]{1,40}") {
        let spelled = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "part", "pt", "del", "osa", "deel", "teil"];
        let lower = letters.to_lowercase();
        prop_assume!(!spelled.iter().any(|word| lower.contains(word)));
        let name = parse(&format!("{letters}.mkv"), LibraryKind::Shows);
        prop_assert!(!matches!(name, ParsedName::Episode(_)), "{letters:?} was parsed as {name:?}");
    }

    #[test]
    fn season_folder_accepts_any_name(folder in "\\PC{0,30}", piece in piece()) {
        let _ = season_folder(&folder);
        let _ = season_folder(&piece);
    }
}
