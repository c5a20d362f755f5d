//! `kinometa collections schema`: prints JSON Schemas of Kometa's files.

use clap::{Args, ValueEnum};
use kometa::schema::Schema;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// Which files the schema is for
    of: Files,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Files {
    /// config.yml
    Config,
    /// Collection files, playlist files and templates
    Collections,
}

pub(super) fn print(options: &Options) {
    let schema = match options.of {
        Files::Config => Schema::Config,
        Files::Collections => Schema::Collections,
    };
    print!("{}", schema.text());
}
