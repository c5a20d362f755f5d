//! Mapping episode numbers in file names to episodes on Trakt.

use trakt_sim::catalogue::{Episode, Show};

use super::fixture::Fixture;

/// Returns a show of the simulator with an aired second season, and its name with the year, which is valid in
/// file names.
fn show(fixture: &Fixture) -> (Show, String) {
    let catalogue = fixture.app.simulator().catalogue();
    let now = fixture.app.simulator().now();
    let is_suitable = |show: &&Show| {
        let plain = show.facts.title.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ' ');
        let same_name =
            catalogue.shows().iter().filter(|other| other.facts.title == show.facts.title).count();
        let second =
            show.episode(2, 1).is_some_and(|first| first.number_abs.is_some() && first.first_aired < now);
        plain && same_name == 1 && second
    };
    let show = catalogue
        .shows()
        .iter()
        .find(is_suitable)
        .expect("the simulator has a show with two seasons")
        .clone();
    let name = format!("{} ({})", show.facts.title, show.facts.year);
    (show, name)
}

/// Adds the file and checks that it becomes this episode.
async fn assert_becomes(fixture: &Fixture, file: &str, episode: &Episode) {
    fixture.add(file);
    fixture.rescan().await;
    let trakt = episode.ids.trakt;
    fixture
        .wait_until("the file to become the episode", || async {
            let shows = fixture.titles("show").await;
            if shows[0]["matched"] != true || shows[0]["episode_count"] != 1 {
                return false;
            }
            let season = fixture
                .admin
                .get(&format!("/api/titles/{}/seasons/{}", shows[0]["id"], episode.season))
                .await;
            let episodes = season.json()["episodes"].clone();
            let Some(available) = episodes
                .as_array()
                .and_then(|all| all.iter().find(|episode| episode["available"] == true).cloned())
            else {
                return false;
            };
            fixture.detail(&available["id"]).await["ids"]["trakt"] == trakt
        })
        .await;
}

#[tokio::test]
async fn an_absolute_number_identifies_the_episode() {
    let fixture = Fixture::with_trakt("shows", &[]).await;
    let (show, name) = show(&fixture);
    let episode = show.episode(2, 1).unwrap();
    let file = format!("{name}/{} - {:03}.mkv", show.facts.title, episode.number_abs.unwrap());
    assert_becomes(&fixture, &file, &episode).await;
}

#[tokio::test]
async fn an_air_date_identifies_the_episode() {
    let fixture = Fixture::with_trakt("shows", &[]).await;
    let (show, name) = show(&fixture);
    let episode = show.episode(2, 1).unwrap();
    let file = format!("{name}/{} - {}.mkv", show.facts.title, episode.first_aired.format("%Y-%m-%d"));
    assert_becomes(&fixture, &file, &episode).await;
}
