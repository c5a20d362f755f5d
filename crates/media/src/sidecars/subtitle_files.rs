//! Subtitle files and what their names say: `Film (2010).en.forced.srt`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Sidecars, parent, stem};
use crate::language;

/// Folders beside a video that hold its subtitles.
const FOLDERS: [&str; 6] = ["Subs", "subs", "Subtitles", "subtitles", "Sub", "SUBS"];

/// Formats of subtitle files that become WebVTT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubtitleFormat {
    /// SubRip, `.srt`.
    Srt,
    /// WebVTT, `.vtt`.
    Vtt,
    /// SubStation Alpha, `.ass` and `.ssa`.
    Ass,
}

impl SubtitleFormat {
    /// The format of a file with this extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "srt" => Some(Self::Srt),
            "vtt" => Some(Self::Vtt),
            "ass" | "ssa" => Some(Self::Ass),
            _ => None,
        }
    }
}

/// A subtitle file beside a video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubtitleFile {
    /// Relative to the library's root.
    pub path: PathBuf,
    /// By its extension.
    pub format: SubtitleFormat,
    /// Two-letter code, perhaps with a region.
    pub language: Option<String>,
    /// What the name says besides.
    pub title: Option<String>,
    /// Only for dialogue in a foreign language.
    pub forced: bool,
    /// Written for people who are hard of hearing.
    pub hearing_impaired: bool,
    /// To be shown when nothing else was chosen.
    pub default: bool,
}

impl Sidecars {
    /// The subtitles of a video: files that begin with its name, and those in a `Subs` folder beside it. There, files
    /// without the video's name count only in a film's own folder.
    pub fn subtitles(&self, video: &Path, own_folder: bool) -> Vec<SubtitleFile> {
        let (folder, stem) = (parent(video), stem(video));
        let mut found: Vec<SubtitleFile> = self
            .in_folder(folder)
            .filter_map(|(path, name)| named(path, name.strip_prefix(stem.as_str())?))
            .collect();
        for shelf in FOLDERS {
            let shelf = folder.join(shelf);
            let own = self.in_folder(&shelf.join(video.file_stem().unwrap_or_default()));
            found.extend(own.filter_map(|(path, name)| loose(path, name)));
            found.extend(self.in_folder(&shelf).filter_map(|(path, name)| {
                match name.strip_prefix(stem.as_str()) {
                    Some(tags) => named(path, tags),
                    None => loose(path, name).filter(|_| own_folder),
                }
            }));
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    fn in_folder<'a>(&'a self, folder: &Path) -> impl Iterator<Item = (&'a Path, &'a str)> + use<'a> {
        self.folders.get(folder).into_iter().flatten().map(|file| (file.path.as_path(), file.stem.as_str()))
    }
}

/// A file whose name goes on behind the video's, with tags between dots.
fn named(path: &Path, tags: &str) -> Option<SubtitleFile> {
    if !tags.is_empty() && !tags.starts_with(['.', '-', '_', ' ']) {
        return None;
    }
    describe(path, tags.split(['.', '_', ' ']))
}

/// A file with a name of its own: `2_English.srt`.
fn loose(path: &Path, name: &str) -> Option<SubtitleFile> {
    describe(path, name.split(['.', '_', ' ', '-']).filter(|word| word.parse::<u32>().is_err()))
}

fn describe<'a>(path: &Path, tags: impl Iterator<Item = &'a str>) -> Option<SubtitleFile> {
    let format = SubtitleFormat::of_extension(path.extension()?.to_str()?)?;
    let mut file = SubtitleFile {
        path: path.to_owned(),
        format,
        language: None,
        title: None,
        forced: false,
        hearing_impaired: false,
        default: false,
    };
    let mut words = Vec::new();
    for tag in tags.map(|tag| tag.trim_matches(['-', '(', ')', '[', ']'])).filter(|tag| !tag.is_empty()) {
        match tag {
            "forced" | "foreign" => file.forced = true,
            "default" => file.default = true,
            "sdh" | "cc" => file.hearing_impaired = true,
            // "hi" is Hindi where no other language is named.
            "hi" if file.language.is_some() => file.hearing_impaired = true,
            tag if file.language.is_none() && language_of(tag).is_some() => file.language = language_of(tag),
            tag => words.push(tag),
        }
    }
    file.title = (!words.is_empty()).then(|| words.join(" "));
    Some(file)
}

/// A known language, perhaps with its region.
fn language_of(tag: &str) -> Option<String> {
    let base = tag.split('-').next()?;
    language::known(base).and_then(|_| language::normalise(tag))
}
