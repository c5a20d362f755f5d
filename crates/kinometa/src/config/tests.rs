use clap::Parser;
use secrecy::ExposeSecret;

use super::*;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    settings: Settings,
}

fn with_file(file: &str, flags: &[&str]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE_NAME), file).unwrap();
    let data_dir = folder.path().to_str().unwrap();
    let all = ["kinometa", "--data-dir", data_dir].into_iter().chain(flags.iter().copied());
    Flags::try_parse_from(all).unwrap().settings.resolve()
}

#[test]
fn flags_override_the_file_and_the_file_overrides_defaults() {
    let file = "port = 1\nserver_name = \"Attic\"\nlibrary = [\"movies=/films\"]\ntrust_proxy = [\"loopback\", \"10.0.0.0/8\"]";
    let config = with_file(file, &["--port", "2"]).unwrap();
    assert_eq!(config.port, 2);
    assert_eq!(config.server_name, "Attic");
    assert_eq!(config.trust_proxy.len(), 2);
    assert_eq!(config.libraries, ["movies=/films".parse().unwrap()]);
    assert_eq!(config.listen, Ipv4Addr::LOCALHOST);
    assert!(config.database.expose_secret().ends_with("/kinometa.db"));
}

#[test]
fn an_unknown_option_in_the_file_is_reported_by_name() {
    let error = with_file("prot = 1", &[]).unwrap_err().to_string();
    assert!(error.contains("prot") && error.contains("kinometa.toml"), "{error}");
}

#[rstest::rstest]
#[case("port = 1\nserver_name = 7", "line 2: ")]
#[case("\n\nport = \"x\"", "line 3: ")]
#[case("listen = ", "line 1: ")]
fn an_invalid_value_is_reported_with_its_line(#[case] file: &str, #[case] part: &str) {
    let error = with_file(file, &[]).unwrap_err().to_string();
    assert!(error.contains(part), "{error}");
}

#[test]
fn an_invalid_line_is_not_quoted() {
    let error = with_file("database = \"postgres://u:hunter2@h/d", &[]).unwrap_err().to_string();
    assert!(!error.contains("hunter2"), "{error}");
}

#[test]
fn a_missing_file_named_by_config_is_an_error() {
    let error = with_file("", &["--config", "/nowhere/kinometa.toml"]).unwrap_err();
    assert!(matches!(error, ConfigError::Unreadable { .. }));
}

#[rstest::rstest]
#[case("movies", "movies=/path")]
#[case("music=/path", "music")]
#[case("shows=", "path after `=` is missing")]
fn an_invalid_library_is_explained(#[case] text: &str, #[case] part: &str) {
    let error = text.parse::<LibraryFolder>().unwrap_err();
    assert!(error.contains(part), "{error}");
}

#[test]
fn the_database_password_is_not_printed() {
    let config = with_file("", &["--database", "postgres://u:hunter2@h/d"]).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}
