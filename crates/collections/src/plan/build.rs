//! Builds the plan of a collection.

use std::collections::HashSet;

use chrono::Datelike;
use kometa::spec::Builder;

use super::limits;
use super::matcher::Matcher;
use super::overlay::merged;
use super::{Action, ConfirmationReason, Issue, Member, Plan, PlanInput, Status};
use crate::confirmation::SMALL_REMOVAL;
use crate::filter;
use crate::library::Item;
use crate::options::{Options, SyncMode, errors, is_due, wants_description};
use crate::order::Order;
use crate::source::Source;

/// Plans a collection.
pub fn plan(input: PlanInput<'_>) -> Plan {
    let mut plan = plan_without_ownership(input);
    if let Some(existing) = input.existing.filter(|existing| existing.created_manually) {
        let members = existing.members.len();
        match plan.action {
            // `adopt` allows changing a collection, not deleting it.
            Action::Delete => {
                plan.confirmation_reasons.push(ConfirmationReason::DeletesManuallyCreated { members });
            }
            Action::Write { .. } if !plan.options.details.adopt => {
                plan.confirmation_reasons.push(ConfirmationReason::ManuallyCreated { members });
            }
            Action::Write { .. } | Action::Nothing => {}
        }
    }
    plan
}

/// The plan, without regard to who created the existing collection.
fn plan_without_ownership(input: PlanInput<'_>) -> Plan {
    let options = Options::of(input.collection, input.start, input.existing.is_some());
    let mut plan = Plan {
        name: input.collection.name.clone(),
        status: Status::Unchanged,
        action: Action::Nothing,
        confirmation_reasons: Vec::new(),
        before: input.existing.map(|existing| existing.members.clone()).unwrap_or_default(),
        items: input.existing.map(|existing| existing.members.clone()).unwrap_or_default(),
        added: Vec::new(),
        kept: 0,
        removed: Vec::new(),
        missing: Vec::new(),
        filtered: Vec::new(),
        without_id: Vec::new(),
        complete: false,
        issues: Vec::new(),
        deletes: Vec::new(),
        options,
    };
    plan.kept = plan.items.len();
    if let Some(status) = status_without_plan(input, &mut plan) {
        plan.status = status;
        return plan;
    }
    plan.deletes = plan.options.delete_collections_named.clone();
    let found = find(input, &mut plan);
    plan.complete = found.complete;
    if plan.options.missing_only_released {
        let this_year = input.today.year();
        plan.missing.retain(|entry| entry.year.is_some_and(|year| year <= this_year));
    }
    decide(input, &found, &mut plan);
    let no_results = found.responded > 0 && found.entries == 0 && found.complete;
    // A plan that waits for confirmation already names the empty source.
    if no_results
        && plan.confirmation_reasons.is_empty()
        && !plan.options.ignore_blank_results
        && !plan.options.blank_collection
    {
        plan.issues.push(Issue::NoResults);
    }
    plan
}

/// The status of a collection whose members are not planned; `None` if they are.
fn status_without_plan(input: PlanInput<'_>, plan: &mut Plan) -> Option<Status> {
    let exists = input.existing.is_some();
    plan.issues.extend(errors(input.collection).map(|error| Issue::Definition(error.to_string())));
    if plan.options.only_run_on_create && exists {
        return Some(Status::AlreadyCreated);
    }
    if !input.collection.is_for(input.library.media) {
        return Some(Status::SkippedRunDefinition);
    }
    // Errors of the definition are checked before its schedule, so that an invalid definition never deletes the
    // collection.
    if plan.failed() {
        return Some(Status::BuilderValidationError);
    }
    if input.schedules && !is_due(input.collection, input.start, exists) {
        if !(plan.options.delete_not_scheduled && exists) {
            return Some(Status::NotScheduled);
        }
        delete(plan);
        return Some(Status::DeletedNotScheduled);
    }
    let spec = &input.collection.spec;
    let filters: Vec<_> = spec.filters.iter().chain(&spec.smart.filters).cloned().collect();
    let unsupported = filter::unsupported(&filters, input.library.unsupported_filters());
    if !unsupported.is_empty() && !plan.options.only_filter_missing {
        plan.issues.push(Issue::UnsupportedFilter(unsupported));
        return Some(Status::BuilderValidationError);
    }
    None
}

/// The combined result of all builders.
struct Found<'a> {
    items: Vec<&'a Item>,
    /// Names of sources that returned nothing for this library: nothing at all, or only titles of another media type.
    empty: Vec<String>,
    /// How many sources responded.
    responded: usize,
    /// How many of the returned entries can be in this library.
    entries: usize,
    /// Whether everything that belongs in the collection is known, so that other members may be removed.
    complete: bool,
    description: Option<String>,
}

fn find<'a>(input: PlanInput<'a>, plan: &mut Plan) -> Found<'a> {
    let left_out = input.collection.spec.left_out;
    let mut found = Found {
        items: Vec::new(),
        empty: Vec::new(),
        responded: 0,
        entries: 0,
        complete: left_out == 0,
        description: None,
    };
    if left_out > 0 {
        plan.issues.push(Issue::SkippedBuilders { count: left_out });
    }
    let mut matcher = Matcher::new(input);
    for builder in &input.collection.spec.builders {
        add_builder(builder, input, plan, &mut found, &mut matcher);
    }
    found
}

/// Adds the items of one builder.
fn add_builder<'a>(
    builder: &Builder,
    input: PlanInput<'a>,
    plan: &mut Plan,
    found: &mut Found<'a>,
    matcher: &mut Matcher<'a>,
) {
    let (source, limit) = Source::of(builder, input.library.media);
    let source_name = Plan::name_of(&source);
    let fetched = match input.sources.get(&source) {
        Some(Ok(fetched)) => fetched,
        Some(Err(failure)) => {
            found.complete = false;
            plan.issues.push(Issue::Source { source_name, failure: failure.clone() });
            return;
        }
        // A source that was not requested is not empty.
        None => {
            found.complete = false;
            return;
        }
    };
    found.responded += 1;
    if fetched.unreadable > 0 {
        found.complete = false;
        plan.issues.push(Issue::Unreadable { source_name, count: fetched.unreadable });
    } else if !fetched.entries.iter().any(|entry| matcher.can_contain(entry, plan)) {
        found.empty.push(source_name);
    }
    if wants_description(builder) && found.description.is_none() {
        found.description.clone_from(&fetched.description);
    }
    let count = if limit == 0 { fetched.entries.len() } else { limit };
    for entry in fetched.entries.iter().take(count) {
        found.entries += usize::from(matcher.can_contain(entry, plan));
        matcher.add(entry, plan, &mut found.items);
    }
}

/// Decides the action and status from what the builders returned.
fn decide(input: PlanInput<'_>, found: &Found<'_>, plan: &mut Plan) {
    let exists = input.existing.is_some();
    if plan.options.blank_collection {
        plan.status = if exists { Status::Unchanged } else { Status::Created };
        return write(input, found, plan.items.iter().map(|member| member.key).collect(), plan);
    }
    if found.responded == 0 {
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
    let members = limits::members(&existing, &keys, mode, found.complete, plan.options.limit);
    if members.len() >= minimum {
        plan.status = if exists { Status::Modified } else { Status::Created };
        return write(input, found, members, plan);
    }
    plan.status = Status::MinimumNotMet(minimum);
    if !exists {
        plan.status = if found.items.is_empty() { Status::Ignored } else { plan.status };
    } else if plan.options.delete_below_minimum && found.complete {
        plan.status = Status::Deleted;
        delete(plan);
        require_confirmation(found, plan);
    } else if mode == SyncMode::Sync && found.complete {
        // Below the minimum nothing is added, but members that no builder returns any more are still removed.
        let kept = existing.into_iter().filter(|key| keys.contains(key)).collect();
        write(input, found, kept, plan);
    }
}

/// Plans to delete the collection.
fn delete(plan: &mut Plan) {
    plan.action = Action::Delete;
    plan.removed = std::mem::take(&mut plan.items);
    plan.kept = 0;
}

/// Plans to write these members, sorted, and determines the differences from the existing collection.
fn write(input: PlanInput<'_>, found: &Found<'_>, members: Vec<i64>, plan: &mut Plan) {
    let before = std::mem::take(&mut plan.items);
    // A playlist keeps the order of its builders.
    let custom = ["custom".to_owned()];
    let order = Order::of(if input.library.is_mixed() { &custom } else { &plan.options.collection_order });
    if !order.unsupported.is_empty() {
        plan.issues.push(Issue::UnsupportedOrder(order.unsupported.clone()));
    }
    let mut items: Vec<&Item> = members.iter().filter_map(|key| input.library.item(*key)).collect();
    order.sort(&mut items, input.today);
    if let Some(limit) = input.collection.spec.smart.limit.filter(|_| found.complete) {
        items.truncate(limit);
    }
    let current: HashSet<i64> = before.iter().map(|member| member.key).collect();
    let wanted: HashSet<i64> = members.iter().copied().collect();
    plan.items = items.iter().map(|item| Member::from(*item)).collect();
    // Members that are no longer in the library, but must not be removed by this plan.
    let gone = |member: &&Member| wanted.contains(&member.key) && input.library.item(member.key).is_none();
    plan.items.extend(before.iter().filter(gone).cloned());
    let after: HashSet<i64> = plan.items.iter().map(|member| member.key).collect();
    plan.added = plan.items.iter().filter(|member| !current.contains(&member.key)).cloned().collect();
    plan.removed = before.iter().filter(|member| !after.contains(&member.key)).cloned().collect();
    plan.kept = plan.items.len() - plan.added.len();
    let details = merged(input.existing, &plan.options.details, found.description.as_deref());
    let keys = |members: &[Member]| members.iter().map(|member| member.key).collect::<Vec<_>>();
    if let Some(existing) = input.existing {
        let same_details = existing.details == details;
        match (keys(&before) == keys(&plan.items), same_details) {
            // Below the minimum, Kometa does not update the details either.
            (true, _) if matches!(plan.status, Status::MinimumNotMet(_)) => return,
            (true, true) if !existing.target_compares => {
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
    require_confirmation(found, plan);
}

/// Adds the reasons why the removals of the plan need confirmation, if any.
fn require_confirmation(found: &Found<'_>, plan: &mut Plan) {
    let removed = plan.removed.len();
    let of = plan.kept + removed;
    if removed == 0 {
        return;
    }
    plan.confirmation_reasons.extend(
        found.empty.iter().map(|name| ConfirmationReason::EmptySource { source_name: name.clone(), removed }),
    );
    if removed > SMALL_REMOVAL && removed * 2 > of {
        plan.confirmation_reasons.push(ConfirmationReason::LargeRemoval { removed, of });
    }
}
