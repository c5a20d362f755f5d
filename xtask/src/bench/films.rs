//! Generates many small films: valid MP4 and Matroska files, each with different content.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::{Failure, run};

/// The words of film names. Each name is a pair of words and a number.
const FIRST: &[&str] =
    &["Silent", "Golden", "Broken", "Northern", "Paper", "Crimson", "Hidden", "Electric", "Last", "Pale"];
const SECOND: &[&str] =
    &["River", "Harbour", "Witness", "Orchard", "Lantern", "Kingdom", "Letter", "Station", "Bridge", "Map"];

/// Writes one film for each number below `folder`, each in a folder named `Title (year)`.
pub(super) fn make(folder: &Path, numbers: Range<usize>) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let seeds = [seed(folder, "mp4")?, seed(folder, "mkv")?];
    for number in numbers {
        let (extension, bytes) = &seeds[number % seeds.len()];
        let name = name(number);
        let place = folder.join(&name);
        fs::create_dir_all(&place).map_err(|error| error.to_string())?;
        let file = place.join(format!("{name}.{extension}"));
        fs::write(&file, distinct(bytes, extension, &name)).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn name(number: usize) -> String {
    let (first, second) = (FIRST[number % 10], SECOND[number / 10 % 10]);
    format!("{first} {second} {} ({})", number / 100 + 1, 1920 + number % 105)
}

/// Encodes two seconds of video, a few kilobytes.
fn seed(folder: &Path, extension: &'static str) -> Result<(&'static str, Vec<u8>), Failure> {
    let file = folder.join(format!("seed.{extension}"));
    let path = file.display().to_string();
    let arguments = [
        "-hide_banner",
        "-loglevel",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=320x180:rate=12:duration=2",
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=330:duration=2",
        "-c:v",
        "libx264",
        "-crf",
        "40",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
        "-b:a",
        "16k",
        "-movflags",
        "+faststart",
        "-shortest",
        &path,
    ];
    run::must(run::command("ffmpeg", &arguments, folder))?;
    let bytes = fs::read(&file).map_err(|error| error.to_string())?;
    fs::remove_file(&file).map_err(|error| error.to_string())?;
    Ok((extension, bytes))
}

/// Appends an element that players ignore, so that each file has different content.
fn distinct(bytes: &[u8], extension: &str, key: &str) -> Vec<u8> {
    let mut file = bytes.to_vec();
    if extension == "mp4" {
        file.extend_from_slice(&(key.len() as u32 + 8).to_be_bytes());
        file.extend_from_slice(b"free");
    } else {
        file.extend_from_slice(&[0xEC, 0x40, key.len() as u8]);
    }
    file.extend_from_slice(key.as_bytes());
    file
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn every_film_has_a_unique_name() {
        let names: HashSet<String> = (0..10_000).map(super::name).collect();
        assert_eq!(names.len(), 10_000);
    }
}
