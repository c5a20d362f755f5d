mod events;
mod me;
mod session;
mod setup;
mod users;
