//! Movies in several files: `Film cd1.avi`, `Film cd2.avi`. Pure functions.

use std::sync::LazyLock;

use db::rows::MediaFile;
use regex::Regex;

/// The words before a part's number that `media::names` recognises, and `1of2`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b|_)(cd|dvd|dis[ck]|part|pt)([ ._-]*)\d{1,2}|\b\d{1,2}[ ._-]?(of)\b")
        .expect("valid pattern")
});

/// The parts of the version to which `base` belongs, in order. `all`: the files of the title. Only `base` if
/// it is not a part or the other parts cannot be determined.
pub(super) fn of_version(base: MediaFile, all: Vec<MediaFile>) -> Vec<MediaFile> {
    if base.part.is_none() {
        return vec![base];
    }
    let parts: Vec<MediaFile> = all
        .into_iter()
        .filter(|file| {
            file.part.is_some() && file.library_id == base.library_id && file.edition == base.edition
        })
        .collect();
    let same_name = matching(&parts, |file| unnumbered(&file.path) == unnumbered(&base.path));
    let same_folder = || matching(&parts, |file| folder(&file.path) == folder(&base.path));
    same_name.or_else(same_folder).unwrap_or_else(|| vec![base])
}

/// The files that `fits` accepts, in the order of their part numbers. `None` unless there are several, with
/// distinct numbers.
fn matching(files: &[MediaFile], fits: impl Fn(&MediaFile) -> bool) -> Option<Vec<MediaFile>> {
    let mut found: Vec<MediaFile> = files.iter().filter(|file| fits(file)).cloned().collect();
    found.sort_by_key(|file| file.part);
    let distinct = found.windows(2).all(|pair| pair[0].part != pair[1].part);
    (distinct && found.len() > 1).then_some(found)
}

/// A path without part numbers and extension.
fn unnumbered(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_lowercase();
    NUMBER.replace_all(&stem, "${1}${2}#${3}").into_owned()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::unnumbered;

    #[rstest]
    #[case::discs("Film (1999)/Film (1999) cd1.avi", "Film (1999)/Film (1999) cd2.mkv", true)]
    #[case::folders("Film/CD1/film.avi", "Film/CD2/film.avi", true)]
    #[case::of("Film.CD1of2.avi", "Film.CD2of2.avi", true)]
    #[case::parts("Film - part1.mkv", "Film - part2.mkv", true)]
    #[case::versions("Film DVDRip cd1.avi", "Film 720p cd2.avi", false)]
    #[case::films("Film 1 cd1.avi", "Film 2 cd2.avi", false)]
    fn parts_of_one_version_differ_by_their_number(
        #[case] one: &str,
        #[case] other: &str,
        #[case] same: bool,
    ) {
        assert_eq!(unnumbered(one) == unnumbered(other), same, "{} {}", unnumbered(one), unnumbered(other));
    }
}
