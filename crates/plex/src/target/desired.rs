//! What a collection should be.

use crate::endpoints::Picture;
use crate::models::{Kind, Mode, Sort};

/// A collection as it should be. What is `None` is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Desired {
    /// Its name.
    pub title: String,
    /// What its members are.
    pub kind: Kind,
    /// Its members.
    pub members: Members,
    /// Whether everything that belongs into it is known. Without that nothing is removed.
    pub complete: bool,
    /// It is made even when it has no members.
    pub blank: bool,
    /// Take over a collection of this name that somebody made by hand.
    pub adopt: bool,
    /// The order that is shown. With [`Sort::Custom`] the members are moved into the order given.
    pub sort: Option<Sort>,
    /// How it is shown.
    pub mode: Option<Mode>,
    /// What it is about.
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
    pub placement: Placement,
}

/// What a collection holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// These items, by rating key, in this order.
    Listed(Vec<u64>),
    /// What Plex finds with this filter (`label=Trakt&sort=titleSort`, encoded).
    Smart(String),
}

/// Labels. Those that say who keeps the collection are added to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// It has these.
    pub add: Vec<String>,
    /// It has none of these.
    pub remove: Vec<String>,
    /// It has no others.
    pub sync: bool,
    /// It carries Kometa's label, too, so that Kometa takes it for one of its own.
    pub kometa: bool,
}

/// Where a collection is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placement {
    /// On the library's Recommended page.
    pub library: Option<bool>,
    /// On the owner's Home.
    pub home: Option<bool>,
    /// On the Home of friends.
    pub shared: Option<bool>,
}

impl Desired {
    /// A collection with these members, of which all are known. Blanks around the name are left out, as Kometa does.
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
            placement: Placement::default(),
        }
    }

    /// All labels that it has to carry.
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

/// Plex compares labels without case.
pub(crate) fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|known| known.eq_ignore_ascii_case(label))
}
