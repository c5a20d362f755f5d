use plex::models::{Mode, Sort};
use plex::target::{Desired, Memory};
use plex_sim::{Fault, FaultKind, SimHandle};

use crate::{keys, listed, movies};

fn wanted(sim: &SimHandle) -> Vec<Desired> {
    let full = |title: &str, numbers: &[usize]| {
        let mut desired = listed(title, &keys(sim, numbers));
        (desired.sort, desired.mode) = (Some(Sort::Custom), Some(Mode::ShowItems));
        desired.summary = Some(format!("About {title}"));
        desired.visibility.home = Some(true);
        desired
    };
    let many: Vec<usize> = (1..=105).rev().collect();
    vec![full("Many", &many), full("Few", &[5, 3, 9, 1]), full("New", &[2, 4])]
}

/// The parts of a collection that are compared: name, members, labels, summary, preferences. Keys and times differ.
type Seen = (String, Vec<u64>, Vec<String>, Option<String>, Vec<i64>);

fn result(sim: &SimHandle) -> Vec<Seen> {
    let mut all: Vec<_> = sim
        .collections()
        .into_iter()
        .map(|known| {
            let members = sim.members(&known.title);
            let prefs = known.prefs.values().copied().collect();
            (
                known.title.clone(),
                members,
                known.labels().to_vec(),
                known.fields.get("summary").cloned(),
                prefs,
            )
        })
        .collect();
    all.sort();
    all
}

/// Runs until the connection is cut, like a process that is killed: the memory has been written to disk.
async fn run(sim: &SimHandle, memory: &mut Memory) -> plex::Result<()> {
    let client = crate::client(sim);
    let mut library = plex::target::Library::load(&client, "Movies").await?;
    for desired in wanted(sim) {
        let report = library.apply(&desired, memory).await?;
        assert_ne!(
            report.outcome,
            plex::target::Outcome::ManuallyCreated,
            "its own collection, after being killed"
        );
    }
    Ok(())
}

#[tokio::test]
async fn interrupted_runs_converge() {
    let uninterrupted = movies(105).await;
    run(&uninterrupted, &mut Memory::transient()).await.expect("no error");
    let expected = result(&uninterrupted);
    let calls = u32::try_from(uninterrupted.requests().len()).expect("a number");
    assert!(calls >= 25, "{calls} calls: too few for 50 interruptions of two kinds");
    for cut in 0..calls {
        for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter] {
            let sim = movies(105).await;
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("memory.json");
            sim.add_fault(Fault::on("/", kind.clone()).after(cut));
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect_err("interrupted");
            assert!(result(&sim).iter().all(|(_, members, ..)| !members.is_empty()));
            sim.clear_faults();
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect("no error");
            assert_eq!(result(&sim), expected, "cut after {cut} calls: {kind:?}");
            sim.clear_requests();
            let mut memory = Memory::open(&file).expect("a memory");
            run(&sim, &mut memory).await.expect("no error");
            assert_eq!(sim.counts().writes(), 0);
        }
    }
}

#[tokio::test]
async fn a_collection_created_manually_after_an_interruption_is_not_changed() {
    let sim = movies(10).await;
    let mut memory = Memory::transient();
    let desired = listed("Top", &keys(&sim, &[1, 2]));
    sim.add_fault(Fault::on("/", FaultKind::ResetBefore).method("PUT").times(1));
    crate::library(&sim)
        .await
        .apply(&desired, &mut memory)
        .await
        .expect_err("interrupted before the collection was created");
    sim.create_collection("Movies", "Top", &keys(&sim, &[1, 7])).expect("created");
    let report = crate::library(&sim).await.apply(&desired, &mut memory).await.expect("no error");
    assert_eq!((report.outcome, sim.members("Top").len()), (plex::target::Outcome::ManuallyCreated, 2));
}
