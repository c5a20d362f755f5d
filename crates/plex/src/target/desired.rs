//! The desired state of a collection.

use crate::endpoints::Picture;
use crate::models::{Kind, Mode, Sort};

/// The desired state of a collection. `None` leaves a field unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Desired {
    /// Its name.
    pub title: String,
    /// The kind of its members.
    pub kind: Kind,
    /// Its members.
    pub members: Members,
    /// Whether `members` is complete. If not, nothing is removed.
    pub complete: bool,
    /// Whether it is created even without members.
    pub blank: bool,
    /// Whether to take over a manually created collection of this name.
    pub adopt: bool,
    /// The order in which Plex shows the members. With [`Sort::Custom`], they are moved into the order of `members`.
    pub sort: Option<Sort>,
    /// How it is shown in relation to its members.
    pub mode: Option<Mode>,
    /// The summary.
    pub summary: Option<String>,
    /// The title for sorting.
    pub sort_title: Option<String>,
    /// The content rating.
    pub content_rating: Option<String>,
    /// Its labels.
    pub labels: Labels,
    /// Its poster.
    pub poster: Option<Picture>,
    /// Its background.
    pub background: Option<Picture>,
    /// Where it is shown.
    pub visibility: Visibility,
}

/// The contents of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// These items, by rating key, in this order.
    Listed(Vec<u64>),
    /// A smart collection with this filter (`label=Trakt&sort=titleSort`, encoded).
    Smart(String),
}

/// Changes to the labels of a collection. The label that marks the owner is added automatically.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// Labels to add.
    pub add: Vec<String>,
    /// Labels to remove.
    pub remove: Vec<String>,
    /// Whether all other labels are removed.
    pub sync: bool,
    /// Whether it also gets Kometa's label, so that Kometa treats it as its own.
    pub kometa: bool,
}

/// Where a collection is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visibility {
    /// On the library's Recommended page.
    pub library: Option<bool>,
    /// On the owner's Home.
    pub home: Option<bool>,
    /// On the Home of friends.
    pub shared: Option<bool>,
}

impl Desired {
    /// A collection with these members, all of which are known. Whitespace around the name is trimmed, as in Kometa.
    pub fn new(title: impl AsRef<str>, kind: Kind, members: Members) -> Self {
        Self {
            title: title.as_ref().trim().to_owned(),
            kind,
            members,
            complete: true,
            blank: false,
            adopt: false,
            sort: None,
            mode: None,
            summary: None,
            sort_title: None,
            content_rating: None,
            labels: Labels::default(),
            poster: None,
            background: None,
            visibility: Visibility::default(),
        }
    }

    /// All labels that the collection must have.
    pub(crate) fn all_labels(&self) -> Vec<String> {
        let mut labels = vec![super::LABEL.to_owned()];
        if self.labels.kometa {
            labels.push(super::KOMETA_LABELS[0].to_owned());
        }
        for label in &self.labels.add {
            if !has(&labels, label) {
                labels.push(label.clone());
            }
        }
        labels
    }
}

/// Plex ignores the case of labels.
pub(crate) fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|known| known.eq_ignore_ascii_case(label))
}
