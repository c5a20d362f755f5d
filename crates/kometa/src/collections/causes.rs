//! Deduplicates the findings of libraries.

use super::Library;
use crate::finding::{Finding, Level, Problem};
use crate::yaml::Place;

/// Returns the findings of each library. Findings with the same cause become one, at the first library that has it,
/// with the other places. Errors are never merged: each library keeps its own.
pub(super) fn deduplicate(libraries: &[Library]) -> Vec<Vec<Finding>> {
    let mut causes: Vec<Cause<'_>> = Vec::new();
    for (at, library) in libraries.iter().enumerate() {
        for finding in &library.findings {
            let path = path_in_library(library, finding);
            match causes.iter_mut().find(|known| known.includes(at, path, finding)) {
                Some(known) => known.also.push(finding),
                None => causes.push(Cause { library: at, path, first: finding, also: Vec::new() }),
            }
        }
    }
    let mut findings = vec![Vec::new(); libraries.len()];
    for cause in causes {
        findings[cause.library].push(cause.finding());
    }
    findings
}

/// Returns the path of a finding without the name of its library.
fn path_in_library<'a>(library: &Library, finding: &'a Finding) -> &'a str {
    let path = finding.path.as_str();
    let inside = path.strip_prefix("libraries.").and_then(|rest| rest.strip_prefix(&library.mapping_name));
    inside.unwrap_or(path)
}

/// Findings with the same cause.
struct Cause<'a> {
    library: usize,
    path: &'a str,
    first: &'a Finding,
    also: Vec<&'a Finding>,
}

impl Cause<'_> {
    /// Returns whether the finding has this cause.
    fn includes(&self, library: usize, path: &str, finding: &Finding) -> bool {
        if finding.level == Level::Error || (finding.level, path) != (self.first.level, self.path) {
            return false;
        }
        match (&self.first.problem, &finding.problem) {
            // A file that is included twice, or two files with several names in common.
            (
                Problem::DuplicateCollection { first: known, .. },
                Problem::DuplicateCollection { first, .. },
            ) => {
                let file = |at: &Option<Place>| at.as_ref().map(|at| at.source.clone());
                library == self.library
                    && known.source == first.source
                    && file(&self.first.at) == file(&finding.at)
            }
            (known, problem) => known == problem,
        }
    }

    fn finding(&self) -> Finding {
        let all = || std::iter::once(self.first).chain(self.also.iter().copied());
        let problem = match &self.first.problem {
            Problem::DuplicateCollection { first, .. } if !self.also.is_empty() => {
                let name = |one: &Finding| match &one.problem {
                    Problem::DuplicateCollection { name, .. } => Some(name.clone()),
                    _ => None,
                };
                Problem::DuplicateCollections {
                    names: all().filter_map(name).collect(),
                    first: first.clone(),
                }
            }
            problem => {
                let mut places: Vec<Place> = Vec::new();
                for at in self.also.iter().filter_map(|one| one.at.as_ref()) {
                    if Some(at) != self.first.at.as_ref() && !places.contains(at) {
                        places.push(at.clone());
                    }
                }
                match places.is_empty() {
                    true => problem.clone(),
                    false => Problem::AlsoAt { problem: Box::new(problem.clone()), places },
                }
            }
        };
        Finding { problem, ..self.first.clone() }
    }
}

#[cfg(test)]
#[path = "causes_tests.rs"]
mod tests;
