//! Typed asynchronous client of the Trakt API.
