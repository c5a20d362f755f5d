use rstest::rstest;
use secrecy::ExposeSecret;

use super::*;

fn config(text: &str) -> Config {
    read("config.yml", text, &Secrets::default()).unwrap()
}

fn findings(config: &Config) -> String {
    config.findings.iter().map(|finding| format!("{:?} {finding}\n", finding.level)).collect()
}

#[rstest]
#[case("1234e567")]
#[case("0e123456")]
#[case("00123456")]
#[case("1_2")]
#[case("'12'")]
#[case("\"12\"")]
fn credentials_are_read_as_text_even_if_yaml_resolves_another_type(#[case] written: &str) {
    let read = config(&format!(
        "trakt:\n  client_id: {written}\n  client_secret: {written}\n  pin: {written}\n  authorization:\n    access_token: {written}\n    refresh_token: {written}\n"
    ));
    let trakt = read.trakt.unwrap();
    let pair = trakt.authorization.unwrap();
    for found in
        [trakt.client_id, trakt.client_secret, trakt.pin, Some(pair.access_token), pair.refresh_token]
    {
        assert_eq!(found.unwrap().expose_secret(), written.trim_matches(['\'', '"']));
    }
}

#[test]
fn secret_pin_and_authorization_are_optional() {
    let read = config("trakt:\n  client_id: abc\n");
    assert_eq!(findings(&read), "");
    let trakt = read.trakt.unwrap();
    assert!(trakt.client_secret.is_none() && trakt.pin.is_none() && trakt.authorization.is_none());
}

#[test]
fn blank_tokens_are_read_as_no_pair() {
    let read = config(
        "trakt:\n  client_id: abc\n  client_secret: def\n  pin:\n  force_refresh: false\n  authorization:\n    access_token:\n    token_type:\n    expires_in:\n    refresh_token:\n    scope: public\n    created_at:\n",
    );
    assert_eq!(findings(&read), "");
    assert!(read.trakt.unwrap().authorization.is_none());
}

#[rstest]
#[case("true", true, 0)]
#[case("True", true, 0)]
#[case("\"true\"", false, 1)]
#[case("yes", false, 1)]
#[case("false", false, 0)]
#[case("", false, 0)]
fn only_the_yaml_literal_true_forces_a_refresh(
    #[case] written: &str,
    #[case] forced: bool,
    #[case] findings: usize,
) {
    let read = config(&format!("trakt:\n  client_id: abc\n  force_refresh: {written}\n"));
    assert_eq!((read.trakt.unwrap().force_refresh, read.findings.len()), (forced, findings));
}

#[rstest]
#[case(
    "trakt:\n  client_id: a\n  cleint_secret: b\n",
    "config.yml:3:3: trakt: unknown key \"cleint_secret\"; did you mean \"client_secret\"?"
)]
#[case("trakt:\n  client_id: [a]\n", "config.yml:2:14: trakt.client_id: must be a single value, not a list")]
#[case("trakt: abc\n", "config.yml:1:8: trakt: must be a mapping, not a single value")]
#[case("trakt:\n  client_id:\n", "config.yml:2:3: trakt.client_id: is blank")]
#[case("trakt:\n  client_secret: a\n", "config.yml:1:1: trakt.client_id: is missing")]
#[case("librarys:\n", "config.yml:1:1: unknown key \"librarys\"; did you mean \"libraries\"?")]
#[case("plex: {url: x}\ntmdb: {apikey: y}\n", "not used by Kinometa: tmdb")]
#[case("trakt:\n  client_id: <<trakt-id>>\n", "<<trakt-id>> is not set: set the variable KOMETA_TRAKT_ID")]
#[case(
    "trakt:\n  client_id: a\n  authorization: {access_token: b, expires_in: soon}\n",
    "trakt.authorization.expires_in: must be a whole number, not text"
)]
fn problems_are_reported_with_their_position(#[case] text: &str, #[case] expected: &str) {
    let findings = findings(&config(text));
    assert!(findings.contains(expected), "{findings}");
}

#[rstest]
#[case("x-common: &a {b: 1}\n", "")]
#[case("x_anchors: &a {b: 1}\ntrakt: {client_id: a}\n", "")]
fn extension_keys_are_not_reported(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(findings(&config(text)), expected);
}

#[test]
fn the_environment_takes_precedence_over_old_names_and_the_env_file() {
    let pair = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
    let environment =
        [("KOMETA_ID", "one"), ("PMM_ID", "two"), ("PMM_SECRET", "three"), ("HOME", "x")].map(pair);
    let dot_env =
        "# comment\nexport KOMETA_SECRET='four'\nKOMETA_PIN=\"12 34\" # six\nKOMETA_SCOPE=five # c\n";
    let secrets = Secrets::new(environment, dot_env);
    let text = "trakt:\n  client_id: <<ID>>\n  client_secret: x<<secret>>y\n  pin: <<pin>>\n  authorization: {access_token: a, scope: <<scope>>}\n";
    let trakt = read("config.yml", text, &secrets).unwrap().trakt.unwrap();
    assert_eq!(trakt.client_id.unwrap().expose_secret(), "one");
    assert_eq!(trakt.client_secret.unwrap().expose_secret(), "xthreey");
    assert_eq!(trakt.pin.unwrap().expose_secret(), "12 34");
    assert_eq!(trakt.authorization.unwrap().scope, "five");
}

#[rstest]
#[case("<<trakt-id>>", "one")]
#[case("<<TRAKT_ID>>", "one")]
#[case("<<trakt_id>>", "one")]
#[case("<<Trakt-Id>>", "one")]
#[case("a<<trakt-id>><<TRAKT_ID>>b", "aoneoneb")]
#[case("<<trakt<<id>>", "<<trakt<<id>>")]
#[case("<<trakt-id", "<<trakt-id")]
fn placeholder_names_ignore_case_hyphens_and_underscores(#[case] written: &str, #[case] filled: &str) {
    let secrets = Secrets::new([("KOMETA_TRAKT_ID".to_owned(), "one".to_owned())], "");
    let read =
        read("config.yml", &format!("trakt:\n  client_id: x\n  client_secret: 'y{written}'\n"), &secrets);
    let secret = read.unwrap().trakt.unwrap().client_secret.unwrap();
    assert_eq!(secret.expose_secret(), format!("y{filled}"));
}

#[test]
fn debug_output_contains_no_secrets() {
    let read = config(
        "trakt:\n  client_id: idididid\n  client_secret: ssssssss\n  pin: pppppppp\n  authorization: {access_token: aaaaaaaa, refresh_token: rrrrrrrr}\n",
    );
    let shown = format!("{:?}", read.trakt);
    for secret in ["idididid", "ssssssss", "pppppppp", "aaaaaaaa", "rrrrrrrr"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
