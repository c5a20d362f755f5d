//! The Trakt simulator for `cargo xtask bench sync`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::http::Http;
use crate::{Failure, root};

pub(super) const USER: &str = "demo";
const MOVIES: usize = 1_000;
const SHOWS: usize = 300;
pub(super) const PLAYS: usize = 20_000;
pub(super) const RATINGS: usize = 2_500;
const WATCHLIST: usize = 250;
/// The number of items on a page of the history.
pub(super) const PAGE: usize = 250;

/// The simulator in its own process.
pub(super) struct Trakt {
    child: Child,
    pub(super) address: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) http: Http,
}

impl Trakt {
    pub(super) fn start() -> Result<Self, Failure> {
        let mut child = Command::new(root().join("target/release/trakt-sim"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args([
                "--movies",
                &MOVIES.to_string(),
                "--shows",
                &SHOWS.to_string(),
                "--history",
                &PLAYS.to_string(),
            ])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the simulator cannot be started: {error}"))?;
        let output = child.stdout.take().ok_or("the simulator has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let mut after =
            |mark: &str| lines.find_map(|line| line.split_once(mark).map(|(_, rest)| rest.trim().to_owned()));
        let url = after("simulated at http://").unwrap_or_default();
        let address = url.split([' ', '/']).next().unwrap_or_default().to_owned();
        let client_id = after("client id").unwrap_or_default();
        let client_secret = after("client secret").ok_or("the simulator did not start")?;
        let http = Http::connect(&address)?;
        Ok(Self { child, address, client_id, client_secret, http })
    }

    /// Adds ratings and a watchlist for the seeded plays.
    pub(super) fn fill(&mut self) -> Result<(), Failure> {
        let mut movies = Vec::new();
        let mut episodes = Vec::new();
        for page in 1.. {
            if movies.len() + episodes.len() >= RATINGS {
                break;
            }
            let path = format!("/_sim/as/{USER}/sync/history?limit={PAGE}&page={page}");
            let plays = self.http.get(&path)?;
            let Some(plays) = plays.as_array().filter(|plays| !plays.is_empty()) else { break };
            for play in plays {
                let (ids, list) = match play["type"].as_str() {
                    Some("movie") => (&play["movie"]["ids"]["trakt"], &mut movies),
                    _ => (&play["episode"]["ids"]["trakt"], &mut episodes),
                };
                if !list.contains(ids) {
                    list.push(ids.clone());
                }
            }
        }
        let rated = |ids: &[Value]| -> Vec<Value> {
            ids.iter()
                .enumerate()
                .map(|(n, id)| json!({ "ids": { "trakt": id }, "rating": n % 10 + 1 }))
                .collect()
        };
        let ratings = json!({ "movies": rated(&movies), "episodes": rated(&episodes) });
        self.http.post(&format!("/_sim/as/{USER}/sync/ratings"), &ratings)?;
        let listed = self.http.get(&format!("/_sim/as/{USER}/sync/watchlist"))?;
        let listed: Vec<&Value> = listed.as_array().into_iter().flatten().collect();
        let is_new = |id: &&Value| !listed.iter().any(|item| item["movie"]["ids"]["trakt"] == **id);
        let wanted: Vec<Value> = movies
            .iter()
            .filter(is_new)
            .take(WATCHLIST.saturating_sub(listed.len()))
            .map(|id| json!({ "ids": { "trakt": id } }))
            .collect();
        self.http.post(&format!("/_sim/as/{USER}/sync/watchlist"), &json!({ "movies": wanted })).map(|_| ())
    }

    pub(super) fn requests(&mut self) -> Result<Vec<Value>, Failure> {
        let all = self.http.get("/_sim/requests")?;
        let outside = |call: &&Value| !call["path"].as_str().unwrap_or_default().starts_with("/_sim");
        Ok(all.as_array().into_iter().flatten().filter(outside).cloned().collect())
    }

    pub(super) fn clear_requests(&mut self) -> Result<(), Failure> {
        self.http.delete("/_sim/requests")
    }

    /// Returns whether no request arrives within half a second.
    pub(super) fn is_quiet(&mut self) -> Result<bool, Failure> {
        let before = self.requests()?.len();
        thread::sleep(Duration::from_millis(500));
        Ok(self.requests()?.len() == before)
    }

    pub(super) fn plays(&mut self) -> Result<usize, Failure> {
        let user = self.http.get(&format!("/_sim/users/{USER}"))?;
        Ok(user["plays"].as_u64().unwrap_or(0) as usize)
    }

    pub(super) fn watch_in_the_past(&mut self) -> Result<(), Failure> {
        let page = self.http.get(&format!("/_sim/as/{USER}/sync/history/movies?limit=1"))?;
        let play = json!({ "movies": [{ "ids": page[0]["movie"]["ids"], "watched_at": "2015-05-05T20:00:00.000Z" }] });
        self.http.post(&format!("/_sim/as/{USER}/sync/history"), &play).map(|_| ())
    }
}

impl Drop for Trakt {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
