//! `auto_sort_hubs`: determines how the target sorts the hubs of a library.

use kometa::collections::Library;

use super::RunOptions;
use crate::options::Options;
use crate::target::HubOrder;

/// How the hubs of a library are sorted; `None` if that is not configured. A run that is limited to some collections
/// does not sort hubs, so that those of other collections stay unchanged.
pub(super) fn order(library: &Library, options: &RunOptions) -> Option<HubOrder> {
    let sort = library.auto_sort_hubs.filter(|_| options.collections.is_empty())?;
    let mut order = HubOrder { sort, configured: Vec::new(), pinned: Vec::new(), today: options.today };
    for collection in &library.collections {
        let options = Options::of(collection, options.start, true);
        let names =
            if options.details.hub_priority.is_some() { &mut order.pinned } else { &mut order.configured };
        names.push(collection.name.clone());
    }
    Some(order)
}
