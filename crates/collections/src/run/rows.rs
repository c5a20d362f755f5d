//! `auto_sort_hubs`: input for the target.

use kometa::collections::Library;

use super::RunOptions;
use crate::options::Options;
use crate::target::Rows;

/// How the rows of a library are sorted; `None` if not requested. A run of some collections does not change the rows of
/// the others.
pub(super) fn of(library: &Library, options: &RunOptions) -> Option<Rows> {
    let sort = library.auto_sort_hubs.filter(|_| options.collections.is_empty())?;
    let mut rows = Rows { sort, configured: Vec::new(), pinned: Vec::new(), today: options.today };
    for collection in &library.collections {
        let options = Options::of(collection, options.start, true);
        let names =
            if options.details.hub_priority.is_some() { &mut rows.pinned } else { &mut rows.configured };
        names.push(collection.name.clone());
    }
    Some(rows)
}
