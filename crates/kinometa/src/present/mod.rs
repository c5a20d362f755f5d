//! Domain types as the HTTP API sends them: the only place that knows web addresses and turns codes into sentences.

mod scan;

pub(crate) use scan::scan_status;
