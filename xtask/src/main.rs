//! Developer commands: test, lint, bench.

fn main() {}
