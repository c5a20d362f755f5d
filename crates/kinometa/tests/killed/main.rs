//! The real server is killed (SIGKILL) at random points of importing, sending and renewing its token, again and again. When
//! it is left alone at last, both sides hold the same: no play lost, none doubled.
//!
//! The test starts itself as the server, so that time can pass faster. `KINOMETA_KILLS` says how often to kill,
//! `KINOMETA_SEED` which random choices to make; `cargo xtask soak` sets them.

mod fixture;
mod life;
mod server;
mod sides;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// Kills where nobody says how many.
const KILLS: u32 = 12;

fn main() -> ExitCode {
    if let Some(setup) = server::Setup::given() {
        return server::run(&setup);
    }
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("one_server_that_is_killed_again_and_again_stays_in_step", || live(1))];
    // SQLite is for one server.
    if std::env::var("KINOMETA_TEST_POSTGRES").is_ok_and(|url| !url.is_empty()) {
        let two = "two_servers_of_which_one_is_killed_again_and_again_stay_in_step";
        trials.push(Trial::test(two, || live(2)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn live(servers: usize) -> Result<(), Failed> {
    let (kills, seed) = (number("KINOMETA_KILLS", u64::from(KILLS)), number("KINOMETA_SEED", rand::random()));
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(life::live(servers, kills, seed));
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
