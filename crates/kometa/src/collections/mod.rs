//! From config.yml to the collections that it defines: libraries, their files, templates and specs.

mod default_trakt;
mod definitions;
mod files;
mod library;
mod settings;

use std::path::Path;

use crate::config::{Config, Secrets};
use crate::finding::{Finding, Level};
use crate::spec::{Media, Spec};
use crate::template::Attribute;
use crate::yaml::{Place, Value};

pub use settings::Setting;

/// Everything that a config.yml defines.
#[derive(Debug)]
pub struct Loaded {
    /// Its libraries, in the order written.
    pub libraries: Vec<Library>,
    /// What is wrong with the file itself.
    pub findings: Vec<Finding>,
}

/// A library of config.yml.
#[derive(Debug)]
pub struct Library {
    /// The real name: `library_name`, else the mapping's.
    pub name: String,
    /// What it holds. Kometa asks Plex; here the name decides.
    pub media: Media,
    /// Where it is written.
    pub at: Place,
    /// Its collections, in the order of its files.
    pub collections: Vec<Collection>,
    /// What is wrong with it and its files.
    pub findings: Vec<Finding>,
}

/// A collection with its templates applied.
#[derive(Debug)]
pub struct Collection {
    /// The title: `name`, else the mapping's name.
    pub name: String,
    /// Where it is defined.
    pub at: Place,
    /// Its attributes, each with the place where it was written.
    pub attributes: Vec<Attribute>,
    /// The settings that hold where it says nothing itself.
    pub settings: Vec<Setting>,
    /// What the attributes mean.
    pub spec: Spec,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

impl Collection {
    /// Whether something is wrong that keeps it from being built.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }
}

/// What loading needs besides the file.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The folder of config.yml, from which paths start.
    pub folder: &'a Path,
    /// The values of placeholders.
    pub secrets: &'a Secrets,
    /// Year, month and day.
    pub today: (i64, i64, i64),
}

/// Loads all libraries and their collection files. Everything that is wrong is a finding; the rest is loaded.
pub fn load(config: &Config, surroundings: Surroundings<'_>) -> Loaded {
    let mut findings = config.findings.clone();
    let root = match Value::read(&config.root) {
        Ok(root) => surroundings.secrets.fill_all(root),
        Err(error) => {
            findings.push(Finding::new(Level::Error, &config.root.at, "", error));
            return Loaded { libraries: Vec::new(), findings };
        }
    };
    let libraries = library::all(&root, surroundings, &mut findings);
    Loaded { libraries, findings }
}

#[cfg(test)]
mod tests;
