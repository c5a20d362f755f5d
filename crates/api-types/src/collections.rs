//! Collections, the Kometa config files that define them, their history, and removals that wait for confirmation.

mod configs;
mod findings;
mod grants;
mod runs;
mod shown;

pub use configs::*;
pub use findings::*;
pub use grants::*;
pub use runs::*;
pub use shown::*;
