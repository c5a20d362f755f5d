//! The result of a run as JSON.

use collections::entry::{Entry, Ids};
use collections::list_sync::ListPlan;
use collections::plan::{Member, Status};
use collections::run::{Outcome, RunResult};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};

/// One object with all collections, problems of the run, unknown names, and what was done for libraries as a whole.
/// A large run contains many titles, so collections are serialised one by one.
pub(super) struct Document<'a>(pub(super) &'a RunResult);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ran) = self;
        let mut object = serializer.serialize_map(Some(4))?;
        object.serialize_entry("collections", &Outcomes(&ran.outcomes))?;
        object.serialize_entry("problems", &ran.problems)?;
        let unknown: Vec<&str> = ran.unknown.iter().map(|one| one.name.as_str()).collect();
        object.serialize_entry("unknown", &unknown)?;
        object.serialize_entry("done", &ran.done)?;
        object.end()
    }
}

struct Outcomes<'a>(&'a [Outcome]);

impl Serialize for Outcomes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(outcome))
    }
}

fn outcome(outcome: &Outcome) -> Value {
    let plan = &outcome.plan;
    let members = |members: &[Member]| members.iter().map(member).collect::<Vec<_>>();
    let mut document = json!({
        "target": outcome.target,
        "library": outcome.library,
        "name": plan.name,
        "status": outcome.status.to_string(),
        "order": plan.order(),
        "items": members(outcome.items()),
        "added": members(&plan.added),
        "removed": members(&plan.removed),
        "missing": plan.missing.iter().map(missing).collect::<Vec<_>>(),
        "changes": outcome.changes,
        "warnings": outcome.notices(),
        "errors": outcome.errors(),
        "waits": confirmation_reasons(outcome),
    });
    if let (Some(Ok(plan)), Some(fields)) = (&outcome.list, document.as_object_mut()) {
        fields.insert("trakt_list".into(), list(plan));
    }
    document
}

/// Why the user has to confirm the plan first.
fn confirmation_reasons(outcome: &Outcome) -> Vec<String> {
    let waits = outcome.plan.confirmation_reasons.iter().filter(|_| outcome.status == Status::Waiting);
    waits.map(ToString::to_string).collect()
}

fn list(plan: &ListPlan) -> Value {
    json!({
        "list": plan.list,
        "added": plan.added.iter().map(missing).collect::<Vec<_>>(),
        "removed": plan.removed.iter().map(missing).collect::<Vec<_>>(),
        "waiting": plan.waiting,
    })
}

fn member(member: &Member) -> Value {
    title(&member.title, member.year, &member.ids)
}

fn missing(entry: &Entry) -> Value {
    title(&entry.title, entry.year, &entry.ids)
}

fn title(title: &str, year: Option<i32>, ids: &Ids) -> Value {
    let mut known = Map::new();
    for (name, id) in [("tmdb", ids.tmdb), ("tvdb", ids.tvdb), ("trakt", ids.trakt)] {
        if let Some(id) = id {
            known.insert(name.into(), id.into());
        }
    }
    if let Some(imdb) = &ids.imdb {
        known.insert("imdb".into(), imdb.clone().into());
    }
    json!({ "title": title, "year": year, "ids": known })
}
