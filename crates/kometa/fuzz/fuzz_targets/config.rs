//! Reads config.yml: any input is read or rejected. If a token pair can be written into it, the pair reads back,
//! and writing it again changes nothing.

#![no_main]

use kometa::config::{self, Authorization, Secrets};
use kometa::edit;
use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret;

fn pair() -> Authorization {
    Authorization {
        access_token: "access".to_owned().into(),
        token_type: "bearer".into(),
        expires_in: 604_800,
        refresh_token: Some("refresh".to_owned().into()),
        scope: "public".into(),
        created_at: 1_800_000_000,
    }
}

fuzz_target!(|text: &str| {
    let secrets = Secrets::new([("KOMETA_X".to_owned(), "<<y>>".to_owned())], text);
    let _ = config::read("config.yml", text, &secrets);
    let Ok(written) = edit::write_pair("config.yml", text, &pair()) else { return };
    let read = config::read("config.yml", &written, &Secrets::default()).expect("what was written is YAML");
    let found = read.trakt.and_then(|trakt| trakt.authorization).expect("the file contains the pair");
    assert_eq!(found.access_token.expose_secret(), "access");
    // Writing the same pair again changes nothing.
    assert_eq!(
        edit::write_pair("config.yml", &written, &pair()).expect("the pair can be written again"),
        written
    );
});
