use proptest::prelude::*;

use super::*;
use crate::models::Kind;

fn current(members: &[u64], labels: &[&str]) -> CurrentState {
    let collection = Collection {
        key: 9,
        title: "Top".to_owned(),
        sort_title: None,
        summary: None,
        content_rating: None,
        kind: Some(Kind::Movie),
        count: members.len(),
        filter: None,
        smart: false,
        mode: Mode::Default,
        sort: Sort::Release,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        poster: None,
        background: None,
    };
    CurrentState {
        collection,
        members: members.to_vec(),
        hub: None,
        poster_sent: false,
        background_sent: false,
    }
}

fn desired(members: &[u64]) -> Desired {
    Desired::new("Top", Kind::Movie, Members::Listed(members.to_vec()))
}

#[test]
fn an_up_to_date_collection_needs_no_steps() {
    assert_eq!(steps(&current(&[1, 2], &["Kinometa"]), &desired(&[2, 1])), []);
}

#[test]
fn members_are_added_before_others_are_removed() {
    let steps = steps(&current(&[1, 2], &["kinometa"]), &desired(&[3]));
    assert_eq!(steps, [Step::Add(vec![3]), Step::Remove(vec![1, 2])]);
}

#[test]
fn incomplete_or_empty_members_cause_no_removals() {
    let partial = Desired { complete: false, ..desired(&[1]) };
    assert_eq!(steps(&current(&[1, 2], &["Kinometa"]), &partial), []);
    assert_eq!(steps(&current(&[1, 2], &["Kinometa"]), &desired(&[])), []);
}

#[test]
fn texts_and_labels_are_set_in_one_call_that_repeats_existing_labels() {
    let wanted = Desired {
        summary: Some("What is on".to_owned()),
        sort_title: Some("!01".to_owned()),
        content_rating: Some(String::new()),
        ..desired(&[1])
    };
    let labels = ["Mine", "Kinometa"].map(str::to_owned);
    let edit = Edit::new().summary("What is on").sort_title("!01").labels(labels);
    assert_eq!(steps(&current(&[1], &["Mine"]), &wanted), [Step::Edit(edit)]);
}

#[test]
fn labels_are_removed_on_request_but_owner_labels_stay() {
    let mut wanted = desired(&[1]);
    wanted.labels.sync = true;
    let now = current(&[1], &["Kinometa", "Kometa", "Old"]);
    assert_eq!(steps(&now, &wanted), [Step::RemoveLabels(vec!["Old".to_owned()])]);
    wanted.labels = super::super::Labels { remove: vec!["kometa".to_owned()], ..Default::default() };
    assert_eq!(steps(&now, &wanted), [Step::RemoveLabels(vec!["Kometa".to_owned()])]);
}

#[test]
fn unspecified_visibility_stays_unchanged() {
    let mut now = current(&[1], &["Kinometa"]);
    now.hub = Some(Hub {
        identifier: "custom.collection.1.9".to_owned(),
        title: "Top".to_owned(),
        library: true,
        home: false,
        shared: true,
    });
    let mut wanted = desired(&[1]);
    wanted.visibility.home = Some(true);
    assert_eq!(steps(&now, &wanted), [Step::SetVisibility(true, true, true)]);
    wanted.visibility.home = Some(false);
    assert_eq!(steps(&now, &wanted), []);
}

#[test]
fn owners_are_recognised_by_label() {
    let of = |labels: &[&str]| owner(&labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>());
    assert_eq!(of(&["Kometa", "kinometa"]), Owner::Kinometa);
    assert_eq!((of(&["PMM"]), of(&["Family"]), of(&[])), (Owner::Kometa, Owner::Other, Owner::Other));
}

proptest! {
    #[test]
    fn the_steps_lead_to_the_wanted_members(
        now in prop::collection::vec(0..40u64, 0..20),
        wanted in prop::collection::vec(0..40u64, 1..20),
        complete: bool,
    ) {
        let mut seen = HashSet::new();
        let now: Vec<u64> = now.into_iter().filter(|key| seen.insert(*key)).collect();
        let desired = Desired { complete, ..desired(&wanted) };
        let mut after: HashSet<u64> = now.iter().copied().collect();
        for step in steps(&current(&now, &["Kinometa"]), &desired) {
            match step {
                Step::Add(keys) => after.extend(keys),
                Step::Remove(keys) => keys.iter().for_each(|key| { after.remove(key); }),
                other => prop_assert!(false, "{:?}", other),
            }
            prop_assert!(!after.is_empty());
        }
        let wanted: HashSet<u64> = wanted.into_iter().collect();
        let kept: HashSet<u64> = now.into_iter().filter(|key| !complete || wanted.contains(key)).collect();
        prop_assert_eq!(after, kept.union(&wanted).copied().collect::<HashSet<_>>());
    }
}
