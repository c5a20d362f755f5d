//! Folders and files to what they hold: names, sidecars, probing.
