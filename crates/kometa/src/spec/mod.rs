//! Parses the attributes of a collection into typed values.

mod attributes;
mod builder;
mod chart;
mod filter_names;
mod filters;
mod names;
mod people;
mod smart;
pub(crate) mod tables;
mod values;

use crate::finding::{Finding, Level, Problem};
use crate::schedule::{Schedule, parse_schedule};
use crate::template::Attribute;
use crate::yaml::{Data, Value};

use attributes::Members;
pub(crate) use builder::list_path;
pub use builder::{Builder, ListPath, UserList};
pub use chart::{Chart, ChartName};
pub use filters::{AtLeast, Filter, Inside};
pub use people::{Person, Role};
pub use smart::Smart;
pub use values::Media;
pub use values::{boolean, integer, list};

/// Returns the current name of an attribute in lower case.
pub fn current_name(written: &str) -> String {
    names::current(&written.to_lowercase()).to_owned()
}

/// The parsed definition of a collection.
#[derive(Debug, Default)]
pub struct Spec {
    /// Its builders, in the order written.
    pub builders: Vec<Builder>,
    /// Groups of filters. A title must pass all filters of at least one group.
    pub filters: Vec<Vec<Filter>>,
    /// When it runs; `None` for every run.
    pub schedule: Option<Schedule>,
    /// The smart filter of `smart_label`.
    pub smart: Smart,
    /// The number of builders that were skipped because they are invalid or of another service. If it is not 0, the
    /// collection is incomplete.
    pub left_out: usize,
}

/// Parses a collection's attributes; problems are added to `findings`.
pub fn read(attributes: &[Attribute], media: Media, findings: &mut Vec<Finding>) -> Spec {
    let level = attributes.iter().find(|one| names::current(&one.key.text.to_lowercase()) == "builder_level");
    let level = level.map(|level| level.value.to_python().to_lowercase());
    let before = findings.len();
    let mut reader = Reader {
        media,
        members: Members::at(media, level.as_deref()),
        findings,
        spec: Spec::default(),
        elsewhere: Vec::new(),
        needs_no_builder: false,
        person: None,
    };
    let person = attributes.iter().find(|one| one.key.text.eq_ignore_ascii_case("tmdb_person"));
    reader.person = person.map(|one| &one.value);
    for attribute in attributes {
        reader.attribute(attribute);
    }
    reader.check_combinations(attributes);
    let spec = reader.spec;
    let named = |name: &str| attributes.iter().find(|one| one.key.text.eq_ignore_ascii_case(name));
    if named("validate_builders").is_some_and(|one| boolean(&one.value) == Some(false)) {
        // The collection then runs without the invalid attributes.
        for finding in findings.iter_mut().skip(before) {
            finding.level = finding.level.min(Level::Warning);
        }
    }
    spec
}

struct Reader<'a> {
    /// The value of `tmdb_person`, to which a `plex_search` may refer.
    person: Option<&'a Value>,
    media: Media,
    members: Members,
    findings: &'a mut Vec<Finding>,
    spec: Spec,
    /// Attributes that only affect Plex, Radarr or Sonarr.
    elsewhere: Vec<String>,
    /// Whether the collection is valid without a builder.
    needs_no_builder: bool,
}

impl Reader<'_> {
    fn report(&mut self, level: Level, value: &Value, path: &str, problem: Problem) {
        self.findings.push(Finding::new(level, &value.at, path, problem));
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let written = attribute.key.text.to_lowercase();
        let name = names::current(&written);
        let value = &attribute.value;
        if name != written {
            let problem = Problem::RunsAs { name: name.to_owned() };
            self.report(Level::Note, value, &written, problem);
        }
        if builder::is_trakt(name) {
            return self.builder(name, value);
        }
        if name == "plex_search"
            && let Some(people) = people::read(value, self.person)
        {
            return self.spec.builders.extend(people.into_iter().map(Builder::Person));
        }
        if let Some(service) = names::other_builder(name) {
            self.needs_no_builder = true;
            self.spec.left_out += 1;
            return self.report(Level::Warning, value, name, Problem::OtherService { service });
        }
        match name {
            "filters" => {
                let (filters, problems) = filters::read(value, self.members);
                self.spec.filters = filters;
                self.findings.extend(problems);
            }
            "smart_label" if matches!(value.data, Data::Map(_)) => {
                let (smart, problems) = smart::read(value, self.members);
                self.spec.smart = smart;
                self.findings.extend(problems);
            }
            "schedule" => match parse_schedule(value) {
                Ok(schedule) => self.spec.schedule = Some(schedule),
                Err(error) => self.report(Level::Error, value, name, error.into()),
            },
            _ => self.other_attribute(name, attribute),
        }
    }

    fn builder(&mut self, name: &str, value: &Value) {
        let (builders, problems) = builder::read(name, value, self.media);
        self.spec.left_out += values::items(value).len().max(1).saturating_sub(builders.len());
        self.spec.builders.extend(builders);
        self.findings.extend(problems);
    }

    /// Checks an attribute that is neither a builder nor parsed into the spec.
    fn other_attribute(&mut self, name: &str, attribute: &Attribute) {
        let value = &attribute.value;
        let Some(kind) = attributes::kind(name) else {
            if names::only_elsewhere(name) {
                self.needs_no_builder |= name == "server_preroll";
                self.elsewhere.push(name.to_owned());
                return;
            }
            if matches!(name, "template" | "variables") {
                let problem = Problem::Unusable("a template cannot call templates; it is ignored");
                return self.report(Level::Warning, value, name, problem);
            }
            if names::DYNAMIC.contains(&name) {
                let problem = Problem::Unusable("is a type of dynamic_collections, not a builder");
                return self.report(Level::Error, value, name, problem);
            }
            let nearest = names::nearest(name);
            let problem = Problem::UnknownKey { key: attribute.key.text.clone(), nearest };
            let at = &attribute.key.at;
            return self.findings.push(Finding::new(Level::Error, at, "", problem));
        };
        if let Err(problem) = attributes::check(kind, value, self.members) {
            // An invalid schedule must not mean "not scheduled".
            let fails = attributes::fails_collection(name) || matches!(problem, Problem::Schedule(_));
            self.report(if fails { Level::Error } else { Level::Warning }, value, name, problem);
        }
        self.needs_no_builder |= name == "blank_collection" && boolean(value) != Some(false);
    }

    /// Checks combinations of attributes.
    fn check_combinations(&mut self, attributes: &[Attribute]) {
        let named = |name: &str| {
            attributes.iter().find(|attribute| names::current(&attribute.key.text.to_lowercase()) == name)
        };
        if !self.elsewhere.is_empty() {
            let problem = Problem::NotUsed { keys: std::mem::take(&mut self.elsewhere) };
            self.findings.push(Finding { level: Level::Note, at: None, path: String::new(), problem });
        }
        let blank = named("blank_collection").filter(|attribute| boolean(&attribute.value) == Some(true));
        if let (Some(blank), false) = (blank, self.spec.builders.is_empty()) {
            let problem = Problem::Unusable("a blank collection cannot have a builder");
            self.report(Level::Error, &blank.value, "blank_collection", problem);
        }
        let failed = self.findings.iter().any(|finding| finding.level == Level::Error);
        if self.spec.builders.is_empty() && !self.needs_no_builder && !failed {
            let at = attributes.first().map(|attribute| attribute.key.at.clone());
            let problem = Problem::NoBuilder;
            self.findings.push(Finding { level: Level::Error, at, path: String::new(), problem });
        }
        if let (Some(order), true) = (named("collection_order"), named("smart_label").is_some()) {
            let problem = Problem::Unusable("does not work with smart collections");
            self.report(Level::Error, &order.value, "collection_order", problem);
        }
        if let Some(level) = named("builder_level")
            && matches!(&level.value.data, Data::Text(text) if text == "season" || text == "episode")
            && self.spec.builders.iter().any(|builder| !matches!(builder, Builder::List { .. }))
        {
            let problem = Problem::Unusable("at this level only trakt_list and trakt_list_details work");
            self.report(Level::Error, &level.value, "builder_level", problem);
        }
    }
}

#[cfg(test)]
mod tests;
