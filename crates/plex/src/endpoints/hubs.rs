//! Hubs: the rows of a library's Recommended page and of Home.

use crate::client::Client;
use crate::error::Result;
use crate::models::{Hub, Section};
use crate::query::Query;

impl Client {
    /// The hubs of a library, in order.
    pub async fn hubs(&self, section: &Section) -> Result<Vec<Hub>> {
        let root = self.get(&manage(section), Query::new()).await?;
        Ok(root.children("Hub").filter_map(Hub::of).collect())
    }

    /// Sets where the hub of a collection is shown: library, home, shared home. Creates the hub if necessary.
    pub async fn set_visibility(
        &self,
        section: &Section,
        collection: u64,
        (library, home, shared): (bool, bool, bool),
    ) -> Result<()> {
        let query = Query::new()
            .with("metadataItemId", collection)
            .flag("promotedToRecommended", library)
            .flag("promotedToOwnHome", home)
            .flag("promotedToSharedHome", shared);
        self.post(&manage(section), query, None).await.map(drop)
    }

    /// Moves a hub after another one, or to the top.
    pub async fn move_hub(&self, section: &Section, identifier: &str, after: Option<&str>) -> Result<()> {
        let query = after.map_or_else(Query::new, |after| Query::new().with("after", after));
        self.put(&format!("{}/{identifier}/move", manage(section)), query).await.map(drop)
    }
}

fn manage(section: &Section) -> String {
    format!("/hubs/sections/{}/manage", section.key)
}
