mod events;
mod lists;
mod me;
mod session;
mod setup;
mod system;
mod trakt;
mod users;
