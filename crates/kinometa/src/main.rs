//! A self-hosted media server in step with Trakt.

fn main() {}
