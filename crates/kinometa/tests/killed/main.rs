//! Kills the real server (SIGKILL) repeatedly at random points of importing, sending and refreshing its
//! token. In the end, both sides must have the same plays: none lost, none duplicated.
//!
//! The server is this test binary started with a variable, so that it can use a faster clock. `KINOMETA_KILLS` sets the
//! number of kills and `KINOMETA_SEED` the seed of the random choices; `cargo xtask soak` sets both.

mod comparison;
mod fixture;
mod scenario;
mod server;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// The default number of kills.
const KILLS: u32 = 12;

fn main() -> ExitCode {
    if let Some(setup) = server::Setup::from_env() {
        return server::run(&setup);
    }
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("a_server_killed_repeatedly_stays_in_sync", || run(1))];
    // SQLite supports only one server.
    if std::env::var("KINOMETA_TEST_POSTGRES").is_ok_and(|url| !url.is_empty()) {
        let two = "two_servers_of_which_one_is_killed_repeatedly_stay_in_sync";
        trials.push(Trial::test(two, || run(2)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn run(servers: usize) -> Result<(), Failed> {
    let (kills, seed) = (number("KINOMETA_KILLS", u64::from(KILLS)), number("KINOMETA_SEED", rand::random()));
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(scenario::run(servers, kills, seed));
    match done {
        Ok(summary) => {
            println!("{servers} server(s), {kills} kills, seed {seed}: {summary}");
            Ok(())
        }
        Err(why) => {
            let again = format!("KINOMETA_KILLS={kills} KINOMETA_SEED={seed}");
            Err(format!("{why}\nRun again with {again}").into())
        }
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}
