//! The plan itself.

use std::collections::HashSet;

use chrono::Datelike;
use kometa::spec::Builder;

use super::limits;
use super::matcher::Matcher;
use super::overlay::overlaid;
use super::{Action, Given, Member, Plan, Status, Trouble, Wait};
use crate::filter;
use crate::library::Item;
use crate::options::{Options, SyncMode, errors, is_due, wants_description};
use crate::order::Order;
use crate::source::Source;
use crate::wait::FEW;

/// Plans a collection.
pub fn plan(given: Given<'_>) -> Plan {
    let mut plan = decided(given);
    if let Some(existing) = given.existing.filter(|existing| existing.by_hand) {
        let members = existing.members.len();
        match plan.action {
            // To adopt a collection is not yet to agree that it goes.
            Action::Delete => plan.waits.push(Wait::DeletesByHand { members }),
            Action::Write { .. } if !plan.options.details.adopt => {
                plan.waits.push(Wait::MadeByHand { members });
            }
            Action::Write { .. } | Action::Nothing => {}
        }
    }
    plan
}

fn decided(given: Given<'_>) -> Plan {
    let options = Options::of(given.collection, given.start, given.existing.is_some());
    let mut plan = Plan {
        name: given.collection.name.clone(),
        status: Status::Unchanged,
        action: Action::Nothing,
        waits: Vec::new(),
        before: given.existing.map(|existing| existing.members.clone()).unwrap_or_default(),
        items: given.existing.map(|existing| existing.members.clone()).unwrap_or_default(),
        added: Vec::new(),
        kept: 0,
        removed: Vec::new(),
        missing: Vec::new(),
        filtered: Vec::new(),
        without_id: Vec::new(),
        whole: false,
        troubles: Vec::new(),
        deletes: Vec::new(),
        options,
    };
    plan.kept = plan.items.len();
    if let Some(status) = skipped(given, &mut plan) {
        plan.status = status;
        return plan;
    }
    plan.deletes = plan.options.delete_collections_named.clone();
    let found = find(given, &mut plan);
    plan.whole = found.whole;
    if plan.options.missing_only_released {
        let this_year = given.today.year();
        plan.missing.retain(|entry| entry.year.is_some_and(|year| year <= this_year));
    }
    decide(given, &found, &mut plan);
    let nothing = found.answered > 0 && found.entries == 0 && found.whole;
    // What waits says itself which source is empty.
    if nothing
        && plan.waits.is_empty()
        && !plan.options.ignore_blank_results
        && !plan.options.blank_collection
    {
        plan.troubles.push(Trouble::Blank);
    }
    plan
}

/// What prevents a collection from being planned.
fn skipped(given: Given<'_>, plan: &mut Plan) -> Option<Status> {
    let exists = given.existing.is_some();
    plan.troubles.extend(errors(given.collection).map(|error| Trouble::Definition(error.to_string())));
    if plan.options.only_run_on_create && exists {
        return Some(Status::AlreadyCreated);
    }
    if !given.collection.is_for(given.library.media) {
        return Some(Status::SkippedRunDefinition);
    }
    // What is wrong with the definition decides before its schedule: one that cannot be read never deletes.
    if plan.failed() {
        return Some(Status::BuilderValidationError);
    }
    if given.schedules && !is_due(given.collection, given.start, exists) {
        if !(plan.options.delete_not_scheduled && exists) {
            return Some(Status::NotScheduled);
        }
        delete(plan);
        return Some(Status::DeletedNotScheduled);
    }
    let spec = &given.collection.spec;
    let filters: Vec<_> = spec.filters.iter().chain(&spec.smart.filters).cloned().collect();
    let unknown = filter::unknown(&filters, given.library.lacks());
    if !unknown.is_empty() && !plan.options.only_filter_missing {
        plan.troubles.push(Trouble::UnknownFilter(unknown));
        return Some(Status::BuilderValidationError);
    }
    None
}

/// The result of the builders.
struct Found<'a> {
    items: Vec<&'a Item>,
    /// Sources that returned nothing for this library: nothing at all, or titles of another kind.
    empty: Vec<String>,
    /// How many sources responded.
    answered: usize,
    /// How many entries for this library they returned.
    entries: usize,
    /// Whether everything that belongs here is known, so that the rest may be removed.
    whole: bool,
    description: Option<String>,
}

fn find<'a>(given: Given<'a>, plan: &mut Plan) -> Found<'a> {
    let left_out = given.collection.spec.left_out;
    let mut found = Found {
        items: Vec::new(),
        empty: Vec::new(),
        answered: 0,
        entries: 0,
        whole: left_out == 0,
        description: None,
    };
    if left_out > 0 {
        plan.troubles.push(Trouble::LeftOut { count: left_out });
    }
    let mut matcher = Matcher::new(given);
    for builder in &given.collection.spec.builders {
        source(builder, given, plan, &mut found, &mut matcher);
    }
    found
}

fn source<'a>(
    builder: &Builder,
    given: Given<'a>,
    plan: &mut Plan,
    found: &mut Found<'a>,
    matcher: &mut Matcher<'a>,
) {
    let (source, first) = Source::of(builder, given.library.media);
    let source_name = Plan::name_of(&source);
    let fetched = match given.sources.get(&source) {
        Some(Ok(fetched)) => fetched,
        Some(Err(failure)) => {
            found.whole = false;
            plan.troubles.push(Trouble::Source { source_name, failure: failure.clone() });
            return;
        }
        // Not asked for is not empty.
        None => {
            found.whole = false;
            return;
        }
    };
    found.answered += 1;
    if fetched.unreadable > 0 {
        found.whole = false;
        plan.troubles.push(Trouble::Unreadable { source_name, count: fetched.unreadable });
    } else if !fetched.entries.iter().any(|entry| matcher.concerns(entry, plan)) {
        found.empty.push(source_name);
    }
    if wants_description(builder) && found.description.is_none() {
        found.description.clone_from(&fetched.description);
    }
    let taken = if first == 0 { fetched.entries.len() } else { first };
    for entry in fetched.entries.iter().take(taken) {
        found.entries += usize::from(matcher.concerns(entry, plan));
        matcher.entry(entry, plan, &mut found.items);
    }
}

fn decide(given: Given<'_>, found: &Found<'_>, plan: &mut Plan) {
    let exists = given.existing.is_some();
    if plan.options.blank_collection {
        plan.status = if exists { Status::Unchanged } else { Status::Created };
        return write(given, found, plan.items.iter().map(|member| member.key).collect(), plan);
    }
    if found.answered == 0 {
        plan.status = if plan.failed() { Status::ServiceError } else { Status::Ignored };
        return;
    }
    if !plan.options.build_collection {
        plan.status = if exists { Status::Unchanged } else { Status::Ignored };
        return;
    }
    let existing: Vec<i64> = plan.items.iter().map(|member| member.key).collect();
    let keys: Vec<i64> = found.items.iter().map(|item| item.key).collect();
    let (mode, minimum) = (plan.options.sync_mode, plan.options.minimum_items);
    let members = limits::members(&existing, &keys, mode, found.whole, plan.options.limit);
    if members.len() >= minimum {
        plan.status = if exists { Status::Modified } else { Status::Created };
        return write(given, found, members, plan);
    }
    plan.status = Status::MinimumNotMet(minimum);
    if !exists {
        plan.status = if found.items.is_empty() { Status::Ignored } else { plan.status };
    } else if plan.options.delete_below_minimum && found.whole {
        plan.status = Status::Deleted;
        delete(plan);
        wait(found, plan);
    } else if mode == SyncMode::Sync && found.whole {
        // Nothing is added, but what no builder gives any more does not stay for ever.
        let stays = existing.into_iter().filter(|key| keys.contains(key)).collect();
        write(given, found, stays, plan);
    }
}

fn delete(plan: &mut Plan) {
    plan.action = Action::Delete;
    plan.removed = std::mem::take(&mut plan.items);
    plan.kept = 0;
}

/// Fills the plan with these members, sorted, and the differences from the current collection.
fn write(given: Given<'_>, found: &Found<'_>, members: Vec<i64>, plan: &mut Plan) {
    let before = std::mem::take(&mut plan.items);
    // A playlist stands in the order of its builders.
    let custom = ["custom".to_owned()];
    let order = Order::of(if given.library.is_mixed() { &custom } else { &plan.options.collection_order });
    if !order.unknown.is_empty() {
        plan.troubles.push(Trouble::UnknownOrder(order.unknown.clone()));
    }
    let mut items: Vec<&Item> = members.iter().filter_map(|key| given.library.item(*key)).collect();
    order.sort(&mut items, given.today);
    if let Some(limit) = given.collection.spec.smart.limit.filter(|_| found.whole) {
        items.truncate(limit);
    }
    let there: HashSet<i64> = before.iter().map(|member| member.key).collect();
    let wanted: HashSet<i64> = members.iter().copied().collect();
    plan.items = items.iter().map(|item| Member::from(*item)).collect();
    // What the library has no longer, and nobody may remove.
    let gone = |member: &&Member| wanted.contains(&member.key) && given.library.item(member.key).is_none();
    plan.items.extend(before.iter().filter(gone).cloned());
    let after: HashSet<i64> = plan.items.iter().map(|member| member.key).collect();
    plan.added = plan.items.iter().filter(|member| !there.contains(&member.key)).cloned().collect();
    plan.removed = before.iter().filter(|member| !after.contains(&member.key)).cloned().collect();
    plan.kept = plan.items.len() - plan.added.len();
    let details = overlaid(given.existing, &plan.options.details, found.description.as_deref());
    let keys = |members: &[Member]| members.iter().map(|member| member.key).collect::<Vec<_>>();
    if let Some(existing) = given.existing {
        let same_details = existing.details == details;
        match (keys(&before) == keys(&plan.items), same_details) {
            // Kometa leaves what is shown of it alone, too.
            (true, _) if matches!(plan.status, Status::MinimumNotMet(_)) => return,
            (true, true) if !existing.compares => {
                if plan.status == Status::Modified {
                    plan.status = Status::Unchanged;
                }
                return;
            }
            (true, _) => plan.status = Status::UpdatedMetadata,
            (false, _) => plan.status = Status::Modified,
        }
    }
    plan.action = Action::Write { members: keys(&plan.items), details: Box::new(details) };
    wait(found, plan);
}

/// A removal that needs confirmation.
fn wait(found: &Found<'_>, plan: &mut Plan) {
    let removed = plan.removed.len();
    let of = plan.kept + removed;
    if removed == 0 {
        return;
    }
    plan.waits.extend(found.empty.iter().map(|name| Wait::Empty { source_name: name.clone(), removed }));
    if removed > FEW && removed * 2 > of {
        plan.waits.push(Wait::Most { removed, of });
    }
}
