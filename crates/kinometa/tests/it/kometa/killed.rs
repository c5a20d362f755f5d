//! A renewal that is killed at any point, before and after Trakt has answered: config.yml stays whole, and the next run has
//! a good pair or says that only a new authorization helps.

use std::time::Duration;

use trakt_sim::{Fault, FaultKind};

use super::Kometa;
use super::auth::{assert_authorized, block_with, pin, value};

/// How long an answer is held back while its reader is killed, in milliseconds.
const HELD: u64 = 120_000;

/// How often a renewal is killed. `cargo xtask soak` asks for more.
fn kills() -> u64 {
    std::env::var("KINOMETA_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

/// When the process dies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Point {
    /// After so many milliseconds, whatever it does then.
    After(u64),
    /// Trakt has taken the request, which spends the refresh token, and its answer is on the way.
    Unanswered,
    /// So many milliseconds after Trakt has answered.
    Answered(u64),
}

impl Point {
    /// Spread over a run without a random source.
    fn of(round: u64) -> Self {
        match round % 4 {
            0 => Self::After(round * 17 % 160),
            1 => Self::Unanswered,
            _ => Self::Answered(round * 7 % 40),
        }
    }
}

/// The commands that renew.
fn command(round: u64) -> [&'static str; 2] {
    if round.is_multiple_of(3) { ["collections", "run"] } else { ["trakt", "auth"] }
}

async fn killed_at(kometa: &Kometa, round: u64) {
    let (point, asked) = (Point::of(round), kometa.grants());
    if point == Point::Unanswered {
        let late = FaultKind::Latency { milliseconds: HELD };
        kometa.sim.add_fault(Fault::on("/oauth/token", late).times(1));
    }
    let (path, [first, second]) = (kometa.path(), command(round));
    let mut child = kometa.command(&[first, second, "--config", path.to_str().unwrap()]).spawn().unwrap();
    drop(child.stdin.take());
    let moment = match point {
        Point::After(moment) => moment,
        Point::Unanswered | Point::Answered(_) => {
            while kometa.grants() == asked {
                assert!(child.try_wait().unwrap().is_none(), "it ended without a renewal");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            if let Point::Answered(moment) = point { moment } else { 0 }
        }
    };
    tokio::time::sleep(Duration::from_millis(moment)).await;
    child.kill().await.unwrap();
    kometa.sim.clear_faults();
}

fn tokens(text: &str) -> (String, String) {
    (value(text, "access_token"), value(text, "refresh_token"))
}

#[tokio::test]
async fn a_renewal_that_is_killed_never_costs_more_than_trakt_has_spent() {
    let kometa = Kometa::with("").await;
    let first = kometa.sim.issue_token("anna");
    let old = block_with(&first, "  force_refresh: true\n") + "libraries:\n";
    kometa.write(&old);
    let (mut kept, mut lost) = (0, 0);
    for round in 0..kills() {
        let (before, asked) = (kometa.text(), kometa.grants());
        killed_at(&kometa, round).await;
        let (after, point) = (kometa.text(), Point::of(round));
        assert_authorized(&old, &after);
        let spent = kometa.grants() > asked;
        let ran = kometa.auth("").await;
        if ran.good {
            assert!(point != Point::Unanswered, "the pair of a lost answer cannot be known");
            kept += 1;
            continue;
        }
        // Trakt had spent the refresh token, and its answer died with the process.
        assert!(spent && tokens(&after) == tokens(&before), "{point:?}: {}", ran.said());
        for says in ["cut off before Trakt's answer was saved", "a PIN is needed"] {
            assert!(ran.err.contains(says), "{says}: {}", ran.said());
        }
        assert_eq!(kometa.text(), after);
        kometa.auth(&pin(&kometa).await).await.good();
        assert_authorized(&old, &kometa.text());
        lost += 1;
    }
    assert!(kept > 0 && lost >= kills() / 4, "{kept} kept, {lost} lost");
}
