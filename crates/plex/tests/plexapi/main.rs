//! Compatibility with unmodified python-plexapi: it reads what this crate has written, and this crate reads what it
//! has written. If it cannot be installed, the test is reported as ignored.

mod install;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use plex::models::{Kind, Mode, Sort};
use plex::target::{Desired, Library, Members, Memory, Visibility, sync_playlist};
use plex::{Client, Edit, Picture};
use plex_sim::{Agent, OWNER_TOKEN, Sim, SimHandle};
use serde_json::{Value, json};

const NAME: &str = "Trending, & \"more\" 🎬";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let name = "python_plexapi_and_this_crate_read_what_the_other_has_written";
    let trial = match install::python_with("PlexAPI==4.18.3") {
        Ok(python) => Trial::test(name, move || walk(python)),
        Err(reason) => {
            eprintln!("{name} is skipped: python-plexapi cannot be installed: {reason}");
            Trial::test(name, || Err("python-plexapi is not installed".into())).with_ignored_flag(true)
        }
    };
    libtest_mimic::run(&arguments, vec![trial]).exit_code()
}

fn walk(python: PathBuf) -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let builder = Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, 250);
        let sim = builder.library("TV Shows", plex_sim::Kind::Show, Agent::Plex, 3).start().await?;
        let titles: Vec<_> = sim.titles("Movies").into_iter().rev().take(120).collect();
        let members: Vec<u64> = titles.iter().map(|item| item.key).collect();
        write(&sim, &members).await?;
        let mut script = Command::new(python);
        script.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plexapi/walk.py"));
        script.args([&sim.url(), OWNER_TOKEN, NAME]);
        let output = tokio::task::spawn_blocking(move || script.output()).await??;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let seen: Value = serde_json::from_slice(&output.stdout)?;
        read_by_plexapi(&seen, &members);
        written_by_plexapi(&sim).await
    })
}

async fn write(sim: &SimHandle, members: &[u64]) -> plex::Result<()> {
    let client = Client::builder(sim.url(), OWNER_TOKEN).build()?;
    let mut desired = Desired::new(NAME, Kind::Movie, Members::Listed(members.to_vec()));
    (desired.sort, desired.mode) = (Some(Sort::Custom), Some(Mode::HideItems));
    desired.summary = Some("Lines\nand <tags>".to_owned());
    desired.sort_title = Some("!01".to_owned());
    desired.labels.add = vec!["A, B".to_owned()];
    desired.content_rating = Some("PG".to_owned());
    desired.poster = Some(Picture::Bytes(vec![7; 64].into()));
    desired.background = Some(Picture::Bytes(vec![8; 64].into()));
    desired.visibility = Visibility { library: Some(true), home: Some(false), shared: Some(true) };
    let (mut library, mut memory) = (Library::load(&client, "Movies").await?, Memory::transient());
    let report = library.apply(&desired, &mut memory).await?;
    library.order_hubs(&[], &[(report.key.unwrap_or_default(), 1)]).await?;
    // Members that have a label, and a smart collection of this label.
    let label = Edit::new().labels(["Chosen".to_owned()]);
    client.edit_items(library.section(), Kind::Movie, &members[..3], &label).await?;
    let key = client.label_key(library.section(), Kind::Movie, "Chosen").await?.unwrap_or_default();
    let smart = Members::Smart(format!("label={key}&sort=titleSort"));
    library.apply(&Desired::new("Chosen", Kind::Movie, smart), &mut memory).await?;
    sync_playlist(&client, &sim.machine(), "Night", &members[..2], true).await?;
    write_others(&client, members).await
}

/// Writes further collections: hidden and sorted by title, in a changed order, without members, of seasons, of
/// episodes.
async fn write_others(client: &Client, members: &[u64]) -> plex::Result<()> {
    let (mut library, mut memory) = (Library::load(client, "Movies").await?, Memory::transient());
    let mut hidden = Desired::new("Hidden", Kind::Movie, Members::Listed(members[..3].to_vec()));
    (hidden.sort, hidden.mode) = (Some(Sort::Alpha), Some(Mode::Hide));
    hidden.poster = Some(Picture::Url("https://example.org/poster.jpg".to_owned()));
    hidden.visibility = Visibility { library: Some(false), home: Some(true), shared: Some(false) };
    library.apply(&hidden, &mut memory).await?;
    let mut moved = Desired::new("Moved", Kind::Movie, Members::Listed(members[..4].to_vec()));
    moved.sort = Some(Sort::Custom);
    library.apply(&moved, &mut memory).await?;
    moved.members = Members::Listed([members[3], members[0], members[5], members[1]].to_vec());
    library.apply(&moved, &mut memory).await?;
    let empty = Desired { blank: true, ..Desired::new("Blank", Kind::Movie, Members::Listed(Vec::new())) };
    library.apply(&empty, &mut memory).await?;
    let mut shows = Library::load(client, "TV Shows").await?;
    for (title, kind) in [("Seasons", Kind::Season), ("Episodes", Kind::Episode)] {
        let parts = shows.parts(kind).await?.iter().take(3).map(|part| part.key).collect();
        shows.apply(&Desired::new(title, kind, Members::Listed(parts)), &mut memory).await?;
    }
    Ok(())
}

fn read_by_plexapi(seen: &Value, members: &[u64]) {
    assert_eq!(seen["members"], json!(members));
    assert_eq!(seen["labels"], json!(["Kinometa", "A, B"]));
    assert_eq!((&seen["summary"], &seen["titleSort"]), (&json!("Lines\nand <tags>"), &json!("!01")));
    assert_eq!((&seen["mode"], &seen["sort"]), (&json!(1), &json!(2)));
    assert_eq!((&seen["posters"], &seen["arts"]), (&json!([true]), &json!([true])));
    assert_eq!((&seen["contentRating"], &seen["first_hub"]), (&json!("PG"), &json!(NAME)));
    assert_eq!((&seen["labelled"], &seen["smart"]), (&json!(["Chosen"]), &json!([true, 3])));
    assert_eq!(seen["playlist"], json!(members[..2]));
    assert_eq!(seen["hidden"], json!([0, 1, 3, [true], [false, true, false]]));
    assert_eq!(seen["moved"], json!([members[3], members[0], members[5], members[1]]));
    assert_eq!(
        (&seen["blank"], &seen["parts"]),
        (&json!(0), &json!({"Seasons": ["season", 3], "Episodes": ["episode", 3]}))
    );
    assert_eq!(seen["ours"], json!(["Blank", "Chosen", "Hidden", "Moved", NAME]));
    assert_eq!(
        (&seen["filter"]["libtype"], &seen["filter"]["sort"]),
        (&json!("movie"), &json!(["titleSort"]))
    );
    assert_eq!(seen["visibility"], json!([true, false, true]));
    assert_eq!((&seen["locked"], &seen["total"]), (&json!(true), &json!(250)));
    assert_eq!(
        (&seen["tagged"], &seen["seasons"], &seen["episodes"]),
        (&json!([NAME, "Hidden", "Moved"]), &json!(2), &json!(6))
    );
}

/// The script created "By plexapi" from the first three titles, moved the third to the front, removed the first, and
/// set texts, labels, order, mode, poster and visibility. It also created a smart collection and a playlist, and
/// deleted a collection.
async fn written_by_plexapi(sim: &SimHandle) -> Result<(), Failed> {
    let client = Client::builder(sim.url(), OWNER_TOKEN).build()?;
    let section = client.section("Movies").await?;
    let known = client.find_collection(&section, "By plexapi").await?.ok_or("no collection")?;
    let known = client.collection(known.key).await?;
    let keys: Vec<u64> = client.members(known.key).await?.iter().map(|item| item.key).collect();
    let titles = sim.titles("Movies");
    assert_eq!(keys, [titles[2].key, titles[1].key]);
    assert_eq!((known.summary.as_deref(), known.sort_title.as_deref()), (Some("From Python"), Some("zzz")));
    assert_eq!(
        (known.sort, known.mode, known.content_rating.as_deref()),
        (Sort::Custom, Mode::ShowItems, Some("R"))
    );
    assert_eq!(known.labels, ["Keep"]);
    assert!(client.posters(known.key).await?.iter().any(|poster| poster.selected));
    let hubs = client.hubs(&section).await?;
    assert_eq!((hubs[0].title.as_str(), hubs[0].home, hubs[0].shared), ("By plexapi", true, false));
    let smart = client.find_collection(&section, "Smart by plexapi").await?.ok_or("no smart collection")?;
    assert_eq!((smart.smart, smart.count), (true, 5));
    let mut playlists = client.playlists().await?.into_iter();
    let playlist = playlists.find(|one| one.title == "List by plexapi").ok_or("no playlist")?;
    let entries: Vec<u64> =
        client.playlist_entries(playlist.key).await?.iter().map(|entry| entry.item).collect();
    assert_eq!((playlist.title.as_str(), entries), ("List by plexapi", vec![titles[1].key, titles[0].key]));
    assert!(client.find_collection(&section, "Deleted by plexapi").await?.is_none());
    Ok(())
}
