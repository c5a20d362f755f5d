//! Season and episode in one number, as scene releases write them: `lost.101.hdtv`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::ends_the_numbers;
use super::{Found, Numbering, is_year, number as parse, pattern};

static SCENE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^()(\d{1,2})(\d\d)(?:[\s._](\d{1,2})(\d\d))?[\s._]"));
/// `10708` is season 1, episodes 7 and 8.
static SCENE_PAIR: LazyLock<Regex> = LazyLock::new(|| pattern(r"^()(\d{1,2})(\d\d)(\d\d)[\s._]"));

/// A number followed by release words. `101.102` and `10102` are two episodes.
pub(super) fn number(text: &str) -> Option<Found> {
    let starts = text.match_indices([' ', '.', '_']).map(|(at, _)| at + 1);
    starts.filter(|at| text[..*at].chars().any(char::is_alphabetic)).find_map(|at| {
        let found = SCENE.captures(&text[at..]).or_else(|| SCENE_PAIR.captures(&text[at..]))?;
        let (season, first) = (parse(&found, 2)?, parse(&found, 3)?);
        let pair = found.len() == 5;
        let next = parse(&found, if pair { 4 } else { 5 }).filter(|next| *next == first + 1);
        let next = next.filter(|_| pair || parse(&found, 4) == Some(season));
        let end = at + found.get(if next.is_none() { 3 } else { found.len() - 1 })?.end();
        let whole = season * 100 + first;
        let resolution = [360, 480, 540, 576, 720, 1080, 1440, 2160].contains(&whole);
        if season == 0 || first == 0 || is_year(whole) || resolution || (pair && next.is_none()) {
            return None;
        }
        let rest = &text[end..];
        let built = |numbering| Found { numbering, start: at, end };
        if is_french_fansub(rest) {
            return Some(built(Numbering::Absolute(vec![whole])));
        }
        let episodes = std::iter::once(first).chain(next).collect();
        release_follows(rest).then(|| built(Numbering::Episodes { season, episodes }))
    })
}

/// French fansubs use absolute numbers: `Show 484 VOSTFR`.
fn is_french_fansub(rest: &str) -> bool {
    rest.trim_start_matches([' ', '.', '_']).to_lowercase().starts_with("vost")
}

fn release_follows(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '.', '_']);
    !rest.is_empty() && !rest.starts_with(['-', '[', '(']) && ends_the_numbers(rest)
}
