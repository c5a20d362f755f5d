//! Tests of the client with the simulated server.

mod collections;
mod errors;
mod killing;
mod playlists;
mod reading;
mod speed;

use plex::models::Kind;
use plex::target::{Desired, Library, Members};
use plex::{Client, Format};
use plex_sim::{Agent, OWNER_TOKEN, Sim, SimHandle};

/// A server with a library "Movies" of the new agent with this many titles.
async fn movies(count: usize) -> SimHandle {
    let builder = Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, count);
    builder.start().await.expect("a free port")
}

fn client(sim: &SimHandle) -> Client {
    Client::builder(sim.url(), OWNER_TOKEN).build().expect("a client")
}

fn json_client(sim: &SimHandle) -> Client {
    Client::builder(sim.url(), OWNER_TOKEN).format(Format::Json).page_size(7).build().expect("a client")
}

fn dry(sim: &SimHandle) -> Client {
    Client::builder(sim.url(), OWNER_TOKEN).dry_run(true).build().expect("a client")
}

async fn library(sim: &SimHandle) -> Library {
    Library::load(&client(sim), "Movies").await.expect("a library")
}

/// The rating keys of the titles with these numbers.
fn keys(sim: &SimHandle, numbers: &[usize]) -> Vec<u64> {
    let titles = sim.titles("Movies");
    numbers.iter().map(|number| titles[number - 1].key).collect()
}

fn listed(title: &str, keys: &[u64]) -> Desired {
    Desired::new(title, Kind::Movie, Members::Listed(keys.to_vec()))
}
