//! `smart_label` with a smart filter.

use super::attributes::Members;
use super::filters::{self, Filter};
use super::values::{boolean, integer_within};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{Data, Key, Value};

/// A smart filter, without its condition for the label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Smart {
    /// Groups of conditions. A title must meet all conditions of at least one group; empty means no condition.
    pub filters: Vec<Vec<Filter>>,
    /// How many titles the collection shows.
    pub limit: Option<usize>,
}

/// Keys of a smart filter. `type` is ignored, because the type of the items is known.
const KEYS: [&str; 6] = ["all", "any", "sort_by", "limit", "type", "validate"];

/// Reads a smart filter.
pub(super) fn read(value: &Value, members: Members) -> (Smart, Vec<Finding>) {
    let (mut smart, mut findings) = (Smart::default(), Vec::new());
    let Data::Map(entries) = &value.data else { return (smart, findings) };
    let strict = value.get("validate").and_then(boolean) != Some(false);
    let level = if strict { Level::Error } else { Level::Warning };
    for (key, value) in entries {
        let path = format!("smart_label.{}", key.text);
        match (key.text.to_lowercase().as_str(), &value.data) {
            ("all" | "any", Data::Map(group)) => {
                let any = key.text.eq_ignore_ascii_case("any");
                let (filters, problems) = conditions(value, group, any, members);
                smart.filters.extend(filters);
                findings.extend(problems.into_iter().map(|finding| Finding {
                    path: finding.path.replacen("filters", &path, 1),
                    level: finding.level.min(level),
                    ..finding
                }));
            }
            ("all" | "any", _) => {
                let problem = Problem::WrongType { expected: "a mapping", found: value.kind() };
                findings.push(Finding::new(level, &value.at, path, problem));
            }
            ("limit", _) => match integer_within(value, 1, None) {
                Ok(limit) => smart.limit = usize::try_from(limit).ok(),
                Err(problem) => findings.push(Finding::new(level, &value.at, path, problem)),
            },
            (name, _) if KEYS.contains(&name) => {}
            (name, _) => {
                let problem =
                    Problem::UnknownKey { key: key.text.clone(), nearest: nearest_name(name, KEYS) };
                findings.push(Finding::new(level, &key.at, "smart_label", problem));
            }
        }
    }
    (smart, findings)
}

/// Returns the conditions of a group without the one for the label. All items have the label, so a group `any` that
/// contains it is always met.
fn conditions(
    value: &Value,
    group: &[(Key, Value)],
    any: bool,
    members: Members,
) -> (Vec<Vec<Filter>>, Vec<Finding>) {
    let is_label = |value: &Value| value.to_python().contains("<<smart_label>>");
    let rest: Vec<_> = group.iter().filter(|(_, value)| !is_label(value)).cloned().collect();
    if rest.is_empty() || any && rest.len() < group.len() {
        return (Vec::new(), Vec::new());
    }
    let mapping = |entries| Value { data: Data::Map(entries), ..value.clone() };
    if any {
        let each = rest.into_iter().map(|entry| mapping(vec![entry])).collect();
        return filters::read(&Value { data: Data::List(each), ..value.clone() }, members);
    }
    filters::read(&mapping(rest), members)
}
