//! Many plays at once: as few writes as possible, and no unnecessary waits.

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, ManualClock};
use db::{Millis, kinds::PlaySource, plays, rows::Play};
use rstest::rstest;
use sync::{Drained, outbox::payload::When};
use trakt_sim::{Fault, FaultKind, Sim};

use crate::fixture::{Fixture, opening_time, title};

/// A fixture with a catalogue large enough for these tests.
async fn large_fixture() -> Fixture {
    let clock = ManualClock::new(opening_time()).auto_advance();
    let sim = Sim::builder().movies(1_001).shows(1).frozen_at(clock.now());
    let sim = sim.configure(|config| config.strict_contract = true).unrecorded().start().await.unwrap();
    Fixture::with_sim(clock, sim).await
}

impl Fixture {
    /// Adds plays of one movie, each in a minute of its own, with their messages if an account is connected.
    async fn watch_often(&self, from: DateTime<Utc>, count: i64) -> Vec<Play> {
        let link = self.engine.link(self.user_id).await.unwrap();
        let now = Millis::from(self.now());
        let tx = self.db.begin().await.unwrap();
        let mut made = Vec::new();
        for number in 0..count {
            let at = from + TimeDelta::hours(5 * number);
            let play = plays::NewPlay {
                user_id: self.user_id,
                title_id: self.movie.id,
                watched_at: Some(Millis::from(at)),
                source: PlaySource::Manual,
                file_id: None,
                is_private: false,
                trakt_history_id: None,
            };
            let play = plays::insert(&tx, play, now).await.unwrap();
            sync::outbox::enqueue_history(&tx, std::slice::from_ref(&play), When::At(at), link, self.now())
                .await
                .unwrap();
            made.push(play);
        }
        tx.commit().await.unwrap();
        made
    }

    /// How many requests have added plays.
    fn additions(&self) -> usize {
        let requests = self.sim.requests();
        requests.iter().filter(|request| request.method == "POST" && request.path == "/sync/history").count()
    }
}

fn long_ago() -> DateTime<Utc> {
    opening_time() - TimeDelta::days(4_000)
}

#[tokio::test]
async fn a_first_connection_sends_thousands_of_plays_in_full_batches() {
    let fixture = large_fixture().await;
    fixture.watch_often(long_ago(), 5_000).await;
    fixture.connect().await;
    fixture.import().await;
    assert_eq!(fixture.on_trakt_total(), 5_000);
    assert_eq!(fixture.additions(), 50, "a hundred plays per request");
}

#[tokio::test]
async fn a_thousand_titles_are_marked_with_ten_requests() {
    let fixture = large_fixture().await;
    fixture.connect().await;
    let catalogue = fixture.sim.catalogue();
    let known = catalogue.movies().iter().map(|movie| movie.facts.ids.trakt);
    let fresh = known.filter(|id| Some(id.cast_signed()) != fixture.movie.trakt_id).take(1_000);
    let rows: Vec<_> = fresh.map(|id| title(db::kinds::TitleKind::Movie, Some(id))).collect();
    let tx = fixture.db.begin().await.unwrap();
    let movies = db::titles::insert_many(&tx, rows).await.unwrap();
    tx.commit().await.unwrap();
    fixture.mark(&movies.iter().collect::<Vec<_>>(), When::At(fixture.now())).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 1_000);
    assert_eq!(fixture.additions(), 10);
}

/// The lost responses of an outage leave plays in doubt. Afterwards they wait only until Trakt has had time to
/// apply them, and are not sent one by one.
#[rstest]
#[case::cut_before(FaultKind::ResetBefore)]
#[case::cut_after(FaultKind::ResetAfter)]
#[case::bad_gateway(FaultKind::Empty { status: 502 })]
#[tokio::test]
async fn plays_marked_during_an_outage_are_sent_in_full_batches(#[case] kind: FaultKind) {
    let fixture = large_fixture().await;
    fixture.connect().await;
    fixture.drain_all().await;
    fixture.sim.add_fault(Fault::on("*", kind));
    for piece in 0..20 {
        fixture.watch_often(long_ago() + TimeDelta::days(40 * piece), 100).await;
        fixture.drain().await;
        fixture.wait(17);
    }
    fixture.sim.clear_faults();
    fixture.sim.clear_requests();
    let back = fixture.now();
    let waiting = fixture.queue().await;
    assert!(fixture.engine.retry(fixture.user_id, waiting[0].id).await.unwrap());
    while let drained = fixture.drain().await
        && !fixture.queue().await.is_empty()
    {
        let Drained::Until(moment) = drained else { panic!("waits: {:?}", fixture.queue().await[0]) };
        assert!(fixture.now() - back < TimeDelta::hours(1), "{} rows wait", fixture.queue().await.len());
        fixture.wait((moment - fixture.now()).num_seconds().clamp(1, 60));
    }
    assert_eq!(fixture.on_trakt_total(), 2_000);
    let (writes, took) = (fixture.additions(), fixture.now() - back);
    assert!(writes <= 24, "{writes} writes for 2,000 plays");
    // Three minutes until the first check, one until the second, and a second for each write.
    assert!(took <= TimeDelta::minutes(5), "{took}");
}

/// A node crashes while a batch is being sent. Another takes over within a minute, and each play is on Trakt
/// once.
#[rstest]
#[case::it_arrived(Some(FaultKind::ResetAfter))]
#[case::it_did_not(Some(FaultKind::ResetBefore))]
#[case::between_two_batches(None)]
#[tokio::test]
async fn another_node_takes_over_within_a_minute_after_a_crash(#[case] last: Option<FaultKind>) {
    let fixture = large_fixture().await;
    fixture.connect().await;
    fixture.drain_all().await;
    let second = fixture.another_engine().await;
    let is_lost = last.is_some();
    last.into_iter()
        .for_each(|kind| fixture.sim.add_fault(Fault::on("/sync/history", kind).method("POST").times(1)));
    if is_lost {
        fixture.watch_often(long_ago(), 250).await;
        fixture.drain().await;
    } else {
        fixture.watch_often(long_ago(), 100).await;
        fixture.drain_all().await;
        fixture.watch_often(long_ago() + TimeDelta::days(40), 150).await;
    }
    // The first node does nothing from here on.
    let died = fixture.now();
    fixture.sim.clear_requests();
    while fixture.sim.requests().is_empty() {
        assert!(fixture.now() - died <= TimeDelta::seconds(60), "no node has taken over the account");
        second.drain(fixture.user_id).await.unwrap();
        fixture.wait(1);
    }
    fixture.drain_all_on(&second).await;
    assert_eq!(fixture.on_trakt_total(), 250);
    assert_eq!(fixture.queue().await, []);
    assert!(fixture.additions() <= 4, "{} writes", fixture.additions());
}

/// Repeatedly lost responses say nothing about single plays: most plays are still sent together.
#[tokio::test]
async fn plays_with_repeatedly_lost_responses_are_still_sent_together() {
    let fixture = large_fixture().await;
    fixture.connect().await;
    fixture.drain_all().await;
    let lost = Fault::on("/sync/history", FaultKind::ResetBefore).method("POST");
    fixture.sim.add_fault(lost.times(6));
    fixture.watch_often(long_ago(), 300).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 300);
    assert!(fixture.additions() <= 6 + 6, "{} writes for 300 plays", fixture.additions());
}

#[tokio::test]
async fn a_thousand_plays_are_removed_with_ten_requests() {
    let fixture = large_fixture().await;
    fixture.connect().await;
    let made = fixture.watch_often(long_ago(), 1_000).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 1_000);
    for play in &made {
        assert!(fixture.forget(play).await);
    }
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 0);
    assert_eq!(fixture.calls("/sync/history/remove"), 10);
}
