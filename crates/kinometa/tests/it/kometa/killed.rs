//! Kills token renewals at any point, before and after Trakt has responded: config.yml must stay intact, and the
//! next run either has a valid token pair or reports that a new authorization is needed.

use std::time::Duration;

use trakt_sim::{Fault, FaultKind};

use super::Kometa;
use super::auth::{assert_authorized, block_with, pin, value};

/// How long a response is delayed while the process that waits for it is killed, in milliseconds.
const DELAY: u64 = 120_000;

/// How many renewals are killed. `cargo xtask soak` sets a larger number.
fn kills() -> u64 {
    std::env::var("KINOMETA_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12)
}

/// When the process is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Point {
    /// This many milliseconds after the start.
    After(u64),
    /// After Trakt has received the request, which invalidates the refresh token, but before its response arrives.
    Unanswered,
    /// This many milliseconds after Trakt's response.
    Answered(u64),
}

impl Point {
    /// Returns the point for a round: points are spread deterministically, without random numbers.
    fn of(round: u64) -> Self {
        match round % 4 {
            0 => Self::After(round * 17 % 160),
            1 => Self::Unanswered,
            _ => Self::Answered(round * 7 % 40),
        }
    }
}

/// Returns a command that renews the token pair.
fn command(round: u64) -> [&'static str; 2] {
    if round.is_multiple_of(3) { ["collections", "run"] } else { ["trakt", "auth"] }
}

async fn kill_renewal(kometa: &Kometa, round: u64) {
    let (point, grants_before) = (Point::of(round), kometa.grants());
    if point == Point::Unanswered {
        let late = FaultKind::Latency { milliseconds: DELAY };
        kometa.sim.add_fault(Fault::on("/oauth/token", late).times(1));
    }
    let (path, [first, second]) = (kometa.path(), command(round));
    let mut child = kometa.command(&[first, second, "--config", path.to_str().unwrap()]).spawn().unwrap();
    drop(child.stdin.take());
    let moment = match point {
        Point::After(moment) => moment,
        Point::Unanswered | Point::Answered(_) => {
            while kometa.grants() == grants_before {
                assert!(child.try_wait().unwrap().is_none(), "the command ended without a renewal");
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
async fn a_killed_renewal_loses_the_pair_only_if_trakts_response_is_lost() {
    let kometa = Kometa::with_config("").await;
    let first = kometa.sim.issue_token("anna");
    let old = block_with(&first, "  force_refresh: true\n") + "libraries:\n";
    kometa.write(&old);
    let (mut kept, mut lost) = (0, 0);
    for round in 0..kills() {
        let (before, grants_before) = (kometa.text(), kometa.grants());
        kill_renewal(&kometa, round).await;
        let (after, point) = (kometa.text(), Point::of(round));
        assert_authorized(&old, &after);
        let was_used = kometa.grants() > grants_before;
        let ran = kometa.auth("").await;
        if ran.success {
            assert!(point != Point::Unanswered, "the pair in a lost response cannot be known");
            kept += 1;
            continue;
        }
        // Trakt had invalidated the refresh token, and its response was lost with the process.
        assert!(was_used && tokens(&after) == tokens(&before), "{point:?}: {}", ran.all_output());
        for expected in ["cut off before Trakt's answer was saved", "a PIN is needed"] {
            assert!(ran.err.contains(expected), "{expected}: {}", ran.all_output());
        }
        assert_eq!(kometa.text(), after);
        kometa.auth(&pin(&kometa).await).await.assert_success();
        assert_authorized(&old, &kometa.text());
        lost += 1;
    }
    assert!(kept > 0 && lost >= kills() / 4, "{kept} kept, {lost} lost");
}
