//! Subtitle files, described by their names: `Film (2010).en.forced.srt`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Sidecars, parent, stem};
use crate::language;
use crate::subtitles::SubtitleFormat;

/// Names of subtitle folders next to a video, in lower case.
const FOLDERS: [&str; 4] = ["subs", "subtitles", "sub", "subtitle"];

/// The subtitle folder that is `folder` or its parent: `Film/Subs` for `Film/Subs/English`.
pub fn subtitle_folder(folder: &Path) -> Option<&Path> {
    let is_subtitle_folder = |folder: &Path| {
        let name = folder.file_name().map(|name| name.to_string_lossy().to_lowercase());
        name.is_some_and(|name| FOLDERS.contains(&name.as_str()))
    };
    folder.ancestors().take(2).find(|folder| is_subtitle_folder(folder))
}

/// Separators inside a tag or between tags.
const SEPARATORS: [char; 4] = ['.', '_', ' ', '-'];

/// An external subtitle file of a video.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubtitleFile {
    /// Relative to the library's root.
    pub path: PathBuf,
    /// Format, determined by the extension.
    pub format: SubtitleFormat,
    /// Two-letter language code, with a region or script if the name contains one.
    pub language: Option<String>,
    /// The other words in the file name.
    pub title: Option<String>,
    /// Translates only dialogue in a foreign language.
    pub forced: bool,
    /// For the deaf and hard of hearing (SDH).
    pub hearing_impaired: bool,
    /// Whether it is shown by default.
    pub default: bool,
}

impl Sidecars {
    /// The subtitles of a video: files whose names begin with the video's name, including those in a `Subs`
    /// folder next to it and in its language folders. A file that begins with the names of two videos belongs
    /// to the one with the longer name. Files in `Subs` that are not named like a video are used only if the
    /// video has its own folder.
    pub fn subtitles(&self, video: &Path, own_folder: bool) -> Vec<SubtitleFile> {
        let (folder, stem) = (parent(video), stem(video));
        let rivals = self.rivals(folder, &stem);
        let mut found: Vec<SubtitleFile> = self
            .in_folder(folder)
            .filter_map(|(path, name)| named(path, owned(name, &stem, &rivals)?))
            .collect();
        for (_, subtitle_folder) in self.subfolders(folder).filter(|(name, _)| FOLDERS.contains(name)) {
            let mut take = |folder: &Path, language: Option<&str>, unnamed_too: bool| {
                found.extend(self.in_folder(folder).filter_map(|(path, name)| {
                    let file = match owned(name, &stem, &rivals) {
                        Some(tags) => named(path, tags),
                        None => loose(path, name)
                            .filter(|_| unnamed_too && !rivals.iter().any(|rival| begins(name, rival))),
                    };
                    file.map(|file| SubtitleFile {
                        language: file.language.or(language.map(str::to_owned)),
                        ..file
                    })
                }));
            };
            take(subtitle_folder, None, own_folder);
            for (name, inner) in self.subfolders(subtitle_folder) {
                if name == stem {
                    take(inner, None, true);
                } else if let Some(language) = language::of_tag(name) {
                    take(inner, Some(&language), own_folder);
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    /// Longer names of other videos in the folder that begin with this name.
    fn rivals(&self, folder: &Path, stem: &str) -> Vec<&str> {
        let videos = self.videos.get(folder).into_iter().flatten();
        videos.map(String::as_str).filter(|name| name.len() > stem.len() && begins(name, stem)).collect()
    }

    fn in_folder<'a>(&'a self, folder: &Path) -> impl Iterator<Item = (&'a Path, &'a str)> + use<'a> {
        self.folders.get(folder).into_iter().flatten().map(|file| (file.path.as_path(), file.stem.as_str()))
    }

    /// The folders with sidecars inside `folder`, with their normalised names.
    fn subfolders<'a>(&'a self, folder: &Path) -> impl Iterator<Item = (&'a str, &'a Path)> + use<'a> {
        let inner = self.subfolders.get(folder).into_iter().flatten();
        inner.map(|(name, path)| (name.as_str(), path.as_path()))
    }
}

/// Whether `name` is `stem`, or continues after it with a separator.
fn begins(name: &str, stem: &str) -> bool {
    name.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with(SEPARATORS))
}

/// The tags after the video's name, unless another video's longer name matches.
fn owned<'a>(name: &'a str, stem: &str, rivals: &[&str]) -> Option<&'a str> {
    if !begins(name, stem) || rivals.iter().any(|rival| begins(name, rival)) {
        return None;
    }
    name.strip_prefix(stem)
}

/// A file whose name continues after the video's name with tags between dots.
fn named(path: &Path, tags: &str) -> Option<SubtitleFile> {
    let file = describe(path, tags)?;
    // "Alien 3.srt" next to "Alien.mkv": after a space or dash, an unknown tag means another title.
    let known_tag = file.language.is_some() || file.forced || file.hearing_impaired || file.default;
    let first_word = tags.trim_start_matches(SEPARATORS).split(SEPARATORS).next().unwrap_or_default();
    let number = first_word.parse::<u32>().is_ok();
    (tags.is_empty() || tags.starts_with('.') || (known_tag && !number)).then_some(file)
}

/// A file that is not named after a video: `2_English.srt`.
fn loose(path: &Path, name: &str) -> Option<SubtitleFile> {
    describe(path, name.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn describe(path: &Path, tags: &str) -> Option<SubtitleFile> {
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
    let mut hindi = None;
    for tag in tags.split('.').flat_map(split) {
        match tag {
            "forced" | "foreign" | "forciert" | "forzado" | "forzados" | "forzati" | "forcé" | "forcés" => {
                file.forced = true
            }
            "default" => file.default = true,
            "sdh" | "cc" => file.hearing_impaired = true,
            // "hi" means "hearing impaired" if there is a language as well, otherwise Hindi.
            "hi" => hindi = Some(tag),
            tag if file.language.is_none() && language::of_tag(tag).is_some() => {
                file.language = language::of_tag(tag)
            }
            tag => words.push(tag),
        }
    }
    match (hindi, &file.language) {
        (Some(_), Some(_)) => file.hearing_impaired = true,
        (Some(tag), None) => file.language = language::of_tag(tag),
        (None, _) => {}
    }
    if let Some(code) = file.language.take() {
        let (code, rest) = language::with_qualifiers(code, words);
        (file.language, words) = (Some(code), rest);
    }
    file.title = (!words.is_empty()).then(|| words.join(" "));
    Some(file)
}

/// Splits a part between dots, which is one tag such as `pt_br` or several words.
fn split(part: &str) -> Vec<&str> {
    let part = part.trim_matches(|c: char| SEPARATORS.contains(&c) || "()[]".contains(c));
    if language::of_tag(part).is_some() {
        return vec![part];
    }
    let words = part.split(['_', ' ', '&', '+', '(', '[']).flat_map(|word| match language::of_tag(word) {
        Some(_) => vec![word],
        None => word.split('-').collect(),
    });
    words
        .map(|word| word.trim_matches(|c: char| "()[]-".contains(c)))
        .filter(|word| !word.is_empty())
        .collect()
}
