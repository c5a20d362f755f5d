//! Collections, Kometa's config files that make them, their history, and removals that wait.

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
