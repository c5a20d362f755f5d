//! The endpoints that a client requests when it connects.

use super::{Access, Call, NOT_FOUND, Outcome};
use crate::element::Element;
use crate::message::Answer;

impl Call<'_> {
    pub(super) fn server(&mut self, path: &[&str]) -> Outcome {
        let tree = match path {
            [] => self.root(),
            ["identity"] => Element::new("MediaContainer")
                .with("size", 0u64)
                .with("claimed", true)
                .with("machineIdentifier", self.store.machine.as_str())
                .with("version", super::views::VERSION),
            [":", "prefs"] => Element::new("MediaContainer").with("size", 1u64).child(
                Element::new("Setting")
                    .with("id", "FriendlyName")
                    .with("label", "Friendly name")
                    .with("type", "text")
                    .with("default", "")
                    .with("value", self.store.name.as_str())
                    .with("hidden", false)
                    .with("advanced", false)
                    .with("group", "general"),
            ),
            ["library"] => Element::new("MediaContainer")
                .with("size", 0u64)
                .with("identifier", super::views::IDENTIFIER)
                .with("title1", "Plex Library"),
            ["library", "sections"] => {
                let sections = self.store.sections.iter().map(|section| self.section_view(section));
                let sections: Vec<Element> = sections.collect();
                Element::new("MediaContainer")
                    .with("size", sections.len())
                    .with("allowSync", self.access == Access::Owner)
                    .with("title1", "Plex Library")
                    .children(sections)
            }
            _ => return Err(NOT_FOUND),
        };
        Ok(Answer::Tree(tree))
    }

    fn root(&self) -> Element {
        Element::new("MediaContainer")
            .with("size", 0u64)
            .with("allowSync", self.access == Access::Owner)
            .with("friendlyName", self.store.name.as_str())
            .with("machineIdentifier", self.store.machine.as_str())
            .with("myPlexSubscription", true)
            .with("platform", "Linux")
            .with("version", super::views::VERSION)
    }
}
