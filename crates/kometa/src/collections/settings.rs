//! `settings`, at the root of config.yml or in a library.

use super::hubs::{self, HubSort};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::{boolean, list};
use crate::template::Attribute;
use crate::yaml::{Data, Value};

/// A setting that applies to a collection.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The attribute that it replaces, or the setting's own name if there is none.
    pub name: &'static str,
    /// Its value, as YAML.
    pub value: String,
    /// The value as written, with its position; `None` for Kometa's default.
    pub from: Option<Value>,
}

/// The settings of one level: the root or a library.
#[derive(Debug, Default)]
pub(super) struct Settings(Vec<(String, Value)>);

/// Settings that a collection can override with an attribute of the same name, with the defaults in Kometa's code.
pub(crate) const FOR_COLLECTIONS: [(&str, &str); 12] = [
    ("sync_mode", "append"),
    ("minimum_items", "1"),
    ("delete_below_minimum", "false"),
    ("delete_not_scheduled", "false"),
    ("missing_only_released", "false"),
    ("only_filter_missing", "false"),
    ("show_filtered", "false"),
    ("show_unfiltered", "false"),
    ("show_missing", "true"),
    ("save_report", "false"),
    ("item_refresh_delay", "0"),
    ("kometa_label", "false"),
];

/// All other settings.
pub(crate) const OTHERS: [&str; 31] = [
    "asset_depth",
    "asset_directory",
    "asset_folders",
    "auto_sort_hubs",
    "cache",
    "cache_expiration",
    "create_asset_folders",
    "custom_repo",
    "custom_repo_token",
    "default_collection_order",
    "default_collection_mode",
    "dimensional_asset_rename",
    "download_url_assets",
    "ignore_ids",
    "ignore_imdb_ids",
    "overlay_artwork_filetype",
    "overlay_artwork_quality",
    "playlist_exclude_users",
    "playlist_report",
    "playlist_sync_to_users",
    "prioritize_assets",
    "run_again_delay",
    "run_order",
    "show_asset_not_needed",
    "show_missing_assets",
    "show_missing_episode_assets",
    "show_missing_season_assets",
    "show_options",
    "show_unconfigured",
    "show_unmanaged",
    "tvdb_language",
];

/// Deprecated names with their current names.
pub(crate) const RENAMED: [(&str, &str); 3] = [
    ("collection_minimum", "minimum_items"),
    ("save_missing", "save_report"),
    ("playlist_sync_to_user", "playlist_sync_to_users"),
];

fn current(name: &str) -> &str {
    RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, today)| today)
}

impl Settings {
    /// Reads a `settings` mapping. Invalid values are reported and ignored.
    pub(super) fn read(value: Option<&Value>, path: &str, findings: &mut Vec<Finding>) -> Self {
        let Some(value) = value.filter(|value| value.data != Data::Null) else { return Self::default() };
        let Data::Map(entries) = &value.data else {
            let problem = Problem::WrongType { expected: "a mapping", found: value.kind() };
            findings.push(Finding::new(Level::Error, &value.at, path, problem));
            return Self::default();
        };
        let mut read = Vec::new();
        for (key, value) in entries {
            let name = current(&key.text);
            let known = FOR_COLLECTIONS.iter().map(|(name, _)| *name).chain(OTHERS).chain(["verify_ssl"]);
            if !known.clone().any(|known| known == name) {
                let problem =
                    Problem::UnknownKey { key: key.text.clone(), nearest: nearest_name(name, known) };
                findings.push(Finding::new(Level::Note, &key.at, path, problem));
                continue;
            }
            if value.data == Data::Null {
                continue;
            }
            match check(name, value) {
                Ok(()) => read.push((name.to_owned(), value.clone())),
                Err(problem) => {
                    let path = format!("{path}.{name} (the default is used)");
                    findings.push(Finding::new(Level::Warning, &value.at, path, problem));
                }
            }
        }
        Self(read)
    }

    /// Returns whether a setting is on: at this level, or at the outer one if this level does not set it.
    pub(super) fn is_on(&self, name: &str, outer: &Self) -> bool {
        self.get(name).or_else(|| outer.get(name)).and_then(boolean) == Some(true)
    }

    /// Returns `auto_sort_hubs` of this level, or of the outer one if this level does not set it.
    pub(super) fn hub_sort(&self, outer: &Self) -> Option<HubSort> {
        let written = self.get("auto_sort_hubs").or_else(|| outer.get("auto_sort_hubs"))?;
        HubSort::read(&written.to_python())
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Returns the settings for attributes that a collection does not set itself: those of the library, otherwise
    /// these, otherwise Kometa's defaults.
    pub(super) fn in_effect(&self, library: &Self, attributes: &[Attribute]) -> Vec<Setting> {
        let own = |name: &str| {
            attributes.iter().any(|attribute| current(&attribute.key.text.to_lowercase()) == name)
        };
        let mut effective = Vec::new();
        for (name, default) in FOR_COLLECTIONS.iter().filter(|(name, _)| !own(name)) {
            let from = library.get(name).or_else(|| self.get(name)).cloned();
            let value = from.as_ref().map_or_else(|| (*default).to_owned(), Value::to_yaml);
            effective.push(Setting { name, value, from });
        }
        for (setting, name) in
            [("default_collection_order", "collection_order"), ("default_collection_mode", "collection_mode")]
        {
            let written = library.get(setting).or_else(|| self.get(setting));
            if let Some(written) = written.filter(|_| !own(name)) {
                effective.push(Setting { name, value: written.to_yaml(), from: Some(written.clone()) });
            }
        }
        for name in ["asset_directory", "asset_folders", "prioritize_assets", "run_again_delay"] {
            let written = library.get(name).or_else(|| self.get(name));
            if let Some(written) = written {
                effective.push(Setting { name, value: written.to_yaml(), from: Some(written.clone()) });
            }
        }
        // These lists are combined: both the root's and the library's apply.
        for name in ["ignore_ids", "ignore_imdb_ids"] {
            for value in [self.get(name), library.get(name)].into_iter().flatten() {
                effective.push(Setting { name, value: value.to_yaml(), from: Some(value.clone()) });
            }
        }
        effective
    }
}

fn check(name: &str, value: &Value) -> Result<(), Problem> {
    let default = FOR_COLLECTIONS.iter().find(|(known, _)| *known == name).map(|(_, default)| *default);
    match (name, default) {
        ("sync_mode", _) if !matches!(value.to_python().as_str(), "append" | "sync") => {
            Err(Problem::NotOneOf { value: value.to_python(), nearest: None, options: "append, sync".into() })
        }
        (_, Some("true" | "false")) if boolean(value).is_none() => {
            Err(Problem::WrongType { expected: "true or false", found: value.kind() })
        }
        ("auto_sort_hubs", _) if HubSort::read(&value.to_python()).is_none() => {
            let written = value.to_python();
            let nearest = nearest_name(&written, hubs::OPTIONS);
            Err(Problem::NotOneOf { value: written, nearest, options: hubs::OPTIONS.join(", ") })
        }
        ("minimum_items" | "item_refresh_delay", _) => number(value),
        ("ignore_ids", _) => list(value).iter().try_for_each(number),
        _ => Ok(()),
    }
}

fn number(value: &Value) -> Result<(), Problem> {
    match value.to_python().trim().parse::<u64>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::NotANumber { value: value.to_python(), low: 0, high: None }),
    }
}
