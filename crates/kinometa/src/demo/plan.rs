//! The files of the sample library, with names as found in real collections.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use trakt_sim::catalogue::{Catalogue, Episode, Movie, Show};

use super::DemoError;
use super::clips::Clip;
use super::folder::write_error;

/// Folder of the movie library.
pub(super) const MOVIES: &str = "Movies";
/// Folder of the show library.
pub(super) const SHOWS: &str = "Shows";

/// Content of a sample file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Clip(Clip),
    Text(String),
}

/// A file of the sample library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SampleFile {
    /// Path relative to the library folder.
    pub(super) path: PathBuf,
    pub(super) content: Content,
}

/// Lists all sample files. The same catalogue always gives the same list.
pub(super) fn plan(catalogue: &Catalogue) -> Vec<SampleFile> {
    let mut files = Vec::new();
    let mut seen = HashSet::new();
    let movies: Vec<&Movie> = catalogue.movies().iter().filter(|movie| movie.facts.demo).collect();
    let shares_title =
        |movie: &Movie| movies.iter().filter(|other| other.facts.title == movie.facts.title).count() > 1;
    for (index, movie) in movies.iter().enumerate() {
        if !shares_title(movie) {
            add_movie(&mut files, movie, index);
        } else if seen.insert(movie.facts.title.clone()) {
            // Ambiguous on purpose: two movies share this title and the file name has no year, so the user must
            // decide.
            let name = file_name(&movie.facts.title);
            files.push(clip(format!("{MOVIES}/{name}/{name}"), Clip::Sea));
        }
    }
    // A home video that Trakt does not know.
    files.push(clip(format!("{MOVIES}/Aunt Edna's 70th Birthday/Aunt Edna's 70th Birthday"), Clip::Night));
    for (index, show) in catalogue.shows().iter().filter(|show| show.facts.demo).enumerate() {
        add_show(&mut files, show, index);
    }
    files
}

/// Writes the files on the first run. Later runs leave the library alone, so that the user's changes are kept.
pub(super) fn write_files(files: &[SampleFile], library: &Path) -> Result<(), DemoError> {
    let marker = library.join(".complete");
    if marker.exists() {
        return Ok(());
    }
    for file in files {
        let path = library.join(&file.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| write_error(folder, source))?;
        }
        let bytes = match &file.content {
            Content::Clip(clip) => clip.file(&file.path.to_string_lossy()),
            Content::Text(text) => text.clone().into_bytes(),
        };
        fs::write(&path, bytes).map_err(|source| write_error(&path, source))?;
    }
    fs::write(&marker, "").map_err(|source| write_error(&marker, source))
}

/// Adds the files of a movie. Some movies demonstrate a particular naming convention.
fn add_movie(files: &mut Vec<SampleFile>, movie: &Movie, index: usize) {
    let facts = &movie.facts;
    let title = file_name(&facts.title);
    let plain = format!("{title} ({})", facts.year);
    let usual = Clip::PLAYABLE[index % Clip::PLAYABLE.len()];
    match &*facts.ids.slug {
        "night-of-the-living-dead-1968" => {
            files.push(clip(format!("{MOVIES}/{plain}/{plain} - 1080p"), Clip::Sunrise));
            files.push(clip(format!("{MOVIES}/{plain}/{plain} - 480p"), Clip::Sea));
        }
        "detour-1945" => {
            files.push(clip(format!("{MOVIES}/Detour.1945.1080p.BluRay.x264-KINO"), Clip::Sunrise));
        }
        "doa-1949" => files.push(clip(format!("{MOVIES}/D.O.A. (1949)/D.O.A. (1949) [DVD]"), Clip::Dunes)),
        "charade-1963" => {
            let name = format!("{plain} {{tmdb-{}}}", facts.ids.tmdb.unwrap_or_default());
            files.push(clip(format!("{MOVIES}/{name}/{name}"), Clip::Sunrise));
        }
        "his-girl-friday-1940" => {
            let name = format!("{plain} [imdbid-{}]", facts.ids.imdb.as_deref().unwrap_or_default());
            files.push(clip(format!("{MOVIES}/{name}/{plain}"), usual));
        }
        "metropolis-1927" => {
            files.push(clip(format!("{MOVIES}/{plain}/{plain}"), usual));
            files.push(text(format!("{MOVIES}/{plain}/{plain}.nfo"), nfo(movie)));
        }
        "sintel-2010" => {
            files.push(clip(format!("{MOVIES}/{plain}/{plain}"), Clip::Sea));
            files.push(text(format!("{MOVIES}/{plain}/{plain}.en.srt"), ENGLISH.to_owned()));
            files.push(text(format!("{MOVIES}/{plain}/{plain}.nl.srt"), DUTCH.to_owned()));
        }
        "big-buck-bunny-2008" => {
            files.push(clip(format!("{MOVIES}/{plain}/{plain}"), usual));
            files.push(clip(format!("{MOVIES}/{plain}/{plain}-trailer"), Clip::Night));
        }
        _ => files.push(clip(format!("{MOVIES}/{plain}/{plain}"), usual)),
    }
}

fn add_show(files: &mut Vec<SampleFile>, show: &Show, index: usize) {
    let facts = &show.facts;
    let title = file_name(&facts.title);
    let folder = format!("{SHOWS}/{title} ({})", facts.year);
    let mut number = index;
    for episode in show.episodes().filter(|episode| is_on_disk(show, episode)) {
        number += 1;
        let content = Clip::PLAYABLE[number % Clip::PLAYABLE.len()];
        let (season, part, name) = (episode.season, episode.number, file_name(&episode.title));
        let season_folder = if season == 0 { "Specials".to_owned() } else { format!("Season {season:02}") };
        let path = match &*facts.ids.slug {
            "flash-gordon-conquers-the-universe" => format!("{folder}/{title} - {season}x{part:02} - {name}"),
            "pioneer-one" => format!("{folder}/Pioneer.One.S{season:02}E{part:02}.720p.WEB.x264-VODO"),
            "caminandes" => {
                let id = facts.ids.tvdb.unwrap_or_default();
                format!("{folder} {{tvdb-{id}}}/{season_folder}/{title} - S{season:02}E{part:02} - {name}")
            }
            // Two episodes in one file.
            "the-beverly-hillbillies" if part == 1 => {
                format!("{folder}/{season_folder}/{title} - S01E01-E02")
            }
            "the-beverly-hillbillies" if part == 2 => continue,
            _ => format!("{folder}/{season_folder}/{title} - S{season:02}E{part:02} - {name}"),
        };
        files.push(clip(path, content));
    }
}

/// Leaves out some episodes, so that seasons are incomplete as in real collections.
fn is_on_disk(show: &Show, episode: &Episode) -> bool {
    match (&*show.facts.ids.slug, episode.season) {
        ("one-step-beyond", 2) => episode.number <= 12,
        ("one-step-beyond", 3) => episode.number <= 8,
        ("the-beverly-hillbillies", _) => episode.number <= 20,
        _ => true,
    }
}

fn clip(stem: String, clip: Clip) -> SampleFile {
    SampleFile { path: format!("{stem}.{}", clip.extension()).into(), content: Content::Clip(clip) }
}

fn text(path: String, text: String) -> SampleFile {
    SampleFile { path: path.into(), content: Content::Text(text) }
}

/// Converts a title to a file name, without characters that some file systems reject.
fn file_name(title: &str) -> String {
    title.replace(": ", " - ").replace(['?', '"', '*', '<', '>', '|', '/', '\\'], "")
}

fn nfo(movie: &Movie) -> String {
    let facts = &movie.facts;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<movie>\n  <title>{}</title>\n  <year>{}</year>\n  \
         <uniqueid type=\"imdb\" default=\"true\">{}</uniqueid>\n  <uniqueid type=\"tmdb\">{}</uniqueid>\n</movie>\n",
        facts.title,
        facts.year,
        facts.ids.imdb.as_deref().unwrap_or_default(),
        facts.ids.tmdb.unwrap_or_default(),
    )
}

const ENGLISH: &str = "1\n00:00:01,000 --> 00:00:05,000\nIt is a long way to the mountains.\n\n\
    2\n00:00:06,000 --> 00:00:10,000\nAnd a longer way back.\n\n3\n00:00:11,000 --> 00:00:15,000\nShe goes all the same.\n";

const DUTCH: &str = "1\n00:00:01,000 --> 00:00:05,000\nHet is een lange weg naar de bergen.\n\n\
    2\n00:00:06,000 --> 00:00:10,000\nEn een langere weg terug.\n\n3\n00:00:11,000 --> 00:00:15,000\nToch gaat ze.\n";

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use trakt_sim::catalogue::CatalogueOptions;

    use super::*;

    fn files() -> Vec<SampleFile> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a valid date");
        plan(&Catalogue::generate(&CatalogueOptions { seed: 7, movies: 0, shows: 0, today }))
    }

    fn clips_below<'a>(files: &'a [SampleFile], folder: &str) -> Vec<&'a SampleFile> {
        let is_clip =
            |file: &&SampleFile| matches!(file.content, Content::Clip(_)) && file.path.starts_with(folder);
        files.iter().filter(is_clip).collect()
    }

    #[test]
    fn the_library_has_enough_movies_episodes_and_shows() {
        let files = files();
        assert!(clips_below(&files, MOVIES).len() >= 24);
        assert!(clips_below(&files, SHOWS).len() >= 60);
        let shows: HashSet<_> =
            clips_below(&files, SHOWS).iter().filter_map(|file| file.path.iter().nth(1)).collect();
        assert!(shows.len() >= 4);
    }

    #[test]
    fn paths_are_unique() {
        let files = files();
        let paths: HashSet<_> = files.iter().map(|file| &file.path).collect();
        assert_eq!(paths.len(), files.len());
    }

    #[test]
    fn a_second_start_writes_nothing() {
        let folder = tempfile::tempdir().expect("create a directory");
        let files = &files()[..3];
        write_files(files, folder.path()).expect("write the files");
        let first = folder.path().join(&files[0].path);
        fs::remove_file(&first).expect("remove a file");
        write_files(files, folder.path()).expect("start a second time");
        assert!(!first.exists(), "a file that the user removed is not written again");
    }
}
