//! NFO files, images and subtitles next to videos.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::fixture::{CLIP, Fixture};

fn entry(season: i64, episode: i64, title: &str) -> String {
    format!(
        "<episodedetails><title>{title}</title><season>{season}</season><episode>{episode}</episode></episodedetails>"
    )
}

async fn names(fixture: &Fixture) -> Vec<Value> {
    let show = fixture.title("show", "Show").await["id"].clone();
    let season = fixture.season(&show, 1).await;
    season["episodes"].as_array().unwrap().iter().map(|episode| episode["name"].clone()).collect()
}

#[tokio::test]
async fn nfo_entries_are_assigned_to_episodes_by_their_numbers() {
    let fixture = Fixture::shows(&[]).await;
    fixture.add("Show/Season 1/Show S01E01-E02.mkv");
    let nfo = entry(1, 2, "Second") + &entry(1, 1, "First");
    fixture.write("Show/Season 1/Show S01E01-E02.nfo", nfo.as_bytes());
    fixture.rescan().await;
    assert_eq!(names(&fixture).await, [json!("First"), json!("Second")]);
    // The same applies if the file is already in the library.
    let nfo = entry(1, 2, "The second") + &entry(1, 1, "The first");
    fixture.write("Show/Season 1/Show S01E01-E02.nfo", nfo.as_bytes());
    fixture.rescan().await;
    assert_eq!(names(&fixture).await, [json!("The first"), json!("The second")]);
}

#[tokio::test]
async fn a_change_in_a_subtitle_folder_is_detected() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write("Film (2000)/Film (2000).mp4", CLIP);
    fixture.rescan().await;
    let film = fixture.title("movie", "Film").await["id"].clone();
    let languages = async || {
        let detail = fixture.detail(&film).await;
        let subtitles = detail["files"][0]["subtitles"].as_array().unwrap().clone();
        subtitles.iter().map(|subtitle| subtitle["language"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(languages().await, [] as [Value; 0]);
    let srt = b"1\n00:00:01,000 --> 00:00:02,000\nHello\n";
    fixture.write("Film (2000)/Subs/English/Film (2000).srt", srt);
    fixture.rescan().await;
    assert_eq!(languages().await, [json!("en")]);
    fixture.write("Film (2000)/SUBTITLES/2_German.srt", srt);
    fixture.rescan().await;
    assert_eq!(languages().await, [json!("de"), json!("en")]);
    std::fs::remove_file(fixture.root().join("Film (2000)/Subs/English/Film (2000).srt")).unwrap();
    fixture.rescan().await;
    assert_eq!(languages().await, [json!("de")]);
}

#[cfg(unix)]
#[tokio::test]
async fn pipes_and_huge_files_next_to_a_film_are_ignored() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write("Film (2000)/Film (2000).mp4", CLIP);
    for name in ["Film (2000).nfo", "poster.jpg", "Film (2000).en.srt", "Other (2001).mkv"] {
        let made =
            std::process::Command::new("mkfifo").arg(fixture.root().join("Film (2000)").join(name)).status();
        assert!(made.unwrap().success());
    }
    // Sparse files of three gigabytes.
    for name in ["fanart.jpg", "Film (2000).de.srt", "movie.nfo"] {
        let file = std::fs::File::create(fixture.root().join("Film (2000)").join(name)).unwrap();
        file.set_len(3 << 30).unwrap();
    }
    fixture.rescan().await;
    let film = fixture.title("movie", "Film").await;
    assert_eq!(film["poster"], Value::Null, "{film}");
    // The backdrop must be a frame of the film, not the huge file next to it.
    let backdrop = fixture.admin.get(film["backdrop"]["url"].as_str().unwrap()).await;
    assert!(backdrop.status != StatusCode::OK || backdrop.bytes.len() < 1 << 20, "{}", backdrop.status);
    assert_eq!(fixture.titles("movie").await.len(), 1);
}

#[tokio::test]
async fn subtitle_files_belong_to_the_video_with_the_same_name() {
    let fixture = Fixture::movies(&[]).await;
    fixture.write("Alien.mkv", b"\x1a\x45\xdf\xa3 one");
    fixture.write("Alien 3.mkv", b"\x1a\x45\xdf\xa3 three");
    for tags in ["", ".pt_BR", ".es-419", ".chs", ".hi.en", ".en-forced", ".Français", ".pb"] {
        fixture.write(format!("Alien 3{tags}.srt"), b"1\n00:00:01,000 --> 00:00:02,000\nHello\n");
    }
    fixture.write("Alien.de.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHallo\n");
    fixture.rescan().await;
    let mut found = Vec::new();
    for film in fixture.titles("movie").await {
        let detail = fixture.detail(&film["id"]).await;
        for subtitle in detail["files"][0]["subtitles"].as_array().unwrap() {
            let language = subtitle["language"].as_str().unwrap_or("none");
            let marks = if subtitle["forced"] == true { " forced" } else { "" };
            found.push(format!("{}: {language}{marks}", film["name"].as_str().unwrap()));
        }
    }
    found.sort();
    let expected = [
        "Alien 3: en",
        "Alien 3: en forced",
        "Alien 3: es-419",
        "Alien 3: fr",
        "Alien 3: none",
        "Alien 3: pt-BR",
        "Alien 3: pt-BR",
        "Alien 3: zh-Hans",
        "Alien: de",
    ];
    assert_eq!(found, expected);
}
