//! Hubs: the rows of a library's Recommended page and of Home.

use hyper::Method;

use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome};
use crate::element::Element;
use crate::message::Answer;
use crate::state::{Hub, hub_identifier, move_within};

impl Call<'_> {
    pub(super) fn hubs(&mut self, section: u64, path: &[&str]) -> Outcome {
        let method = self.method().clone();
        let known = self.store.section(section).ok_or(NOT_FOUND)?;
        match (&method, path) {
            (&Method::GET, []) => {
                let only = self.request.number("metadataItemId").map(|item| hub_identifier(section, item));
                let shown =
                    known.hubs.iter().filter(|hub| only.as_ref().is_none_or(|only| hub.identifier == *only));
                let shown = shown.collect();
                Ok(Answer::Tree(
                    self.page(None, shown, |hub: &&Hub| view(hub)).with("librarySectionID", section),
                ))
            }
            (&Method::POST, []) => {
                let collection = self.request.number("metadataItemId").ok_or(BAD_REQUEST)?;
                let title = self.store.collections.get(&collection).ok_or(NOT_FOUND)?.title.clone();
                self.show_hub(section, &hub_identifier(section, collection), Some(title))
            }
            (&Method::PUT, [identifier]) => self.show_hub(section, identifier, None),
            (&Method::PUT, [identifier, "move"]) => {
                let after = self.request.query("after").map(str::to_owned);
                let known = self.store.section_mut(section).ok_or(NOT_FOUND)?;
                let moved = move_within(
                    &mut known.hubs,
                    |hub| hub.identifier == *identifier,
                    |hub| Some(&hub.identifier) == after.as_ref(),
                    after.is_some(),
                );
                if moved { Ok(Answer::Done) } else { Err(NOT_FOUND) }
            }
            (&Method::DELETE, [identifier]) if identifier.starts_with("custom.") => {
                let known = self.store.section_mut(section).ok_or(NOT_FOUND)?;
                known.hubs.retain(|hub| hub.identifier != *identifier);
                Ok(Answer::Done)
            }
            _ => Err(NOT_FOUND),
        }
    }

    /// Changes where a hub is shown. A hub that does not exist yet is created if `title` is given.
    fn show_hub(&mut self, section: u64, identifier: &str, title: Option<String>) -> Outcome {
        let flag = |name| self.request.query(name).map(|value| value == "1");
        let (recommended, own, shared) =
            (flag("promotedToRecommended"), flag("promotedToOwnHome"), flag("promotedToSharedHome"));
        let known = self.store.section_mut(section).ok_or(NOT_FOUND)?;
        let at = match (known.hubs.iter().position(|hub| hub.identifier == identifier), title) {
            (Some(at), _) => at,
            (None, Some(title)) => {
                let (recommended, own_home, shared_home) = (false, false, false);
                known.hubs.push(Hub {
                    identifier: identifier.to_owned(),
                    title,
                    recommended,
                    own_home,
                    shared_home,
                });
                known.hubs.len() - 1
            }
            (None, None) => return Err(NOT_FOUND),
        };
        let hub = &mut known.hubs[at];
        hub.recommended = recommended.unwrap_or(hub.recommended);
        hub.own_home = own.unwrap_or(hub.own_home);
        hub.shared_home = shared.unwrap_or(hub.shared_home);
        Ok(Answer::Done)
    }
}

fn view(hub: &Hub) -> Element {
    let home = match (hub.own_home, hub.shared_home) {
        (true, true) => "all",
        (true, false) => "admin",
        (false, true) => "shared",
        (false, false) => "none",
    };
    Element::new("Hub")
        .with("identifier", hub.identifier.as_str())
        .with("title", hub.title.as_str())
        .with("recommendationsVisibility", if hub.recommended { "all" } else { "none" })
        .with("homeVisibility", home)
        .with("promotedToRecommended", hub.recommended)
        .with("promotedToOwnHome", hub.own_home)
        .with("promotedToSharedHome", hub.shared_home)
        .with("deletable", hub.identifier.starts_with("custom."))
}
