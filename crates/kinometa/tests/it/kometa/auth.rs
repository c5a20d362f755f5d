//! `kinometa trakt auth`.

mod unwritable;

use std::process::Stdio;

use chrono::Duration;
use rstest::rstest;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use trakt_sim::{AccountStatus, DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Fault, FaultKind, TokenPair};

use super::{Kometa, empty_block, finish};

/// Returns a `trakt` block with this token pair.
pub(super) fn block_with(pair: &TokenPair, extra: &str) -> String {
    format!(
        "trakt:\n  client_id: {DEMO_CLIENT_ID}\n  client_secret: {DEMO_CLIENT_SECRET} # c\n{extra}  authorization:\n    access_token: '{}'\n    token_type: bearer\n    expires_in: {}\n    refresh_token: {}   # r\n    scope: public\n    created_at: {}\n  # after\n",
        pair.access_token, pair.expires_in, pair.refresh_token, pair.created_at
    )
}

/// Approves the application on Trakt's page as anna, and returns the PIN shown there.
pub(super) async fn pin(kometa: &Kometa) -> String {
    trakt::ensure_tls_provider();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [
        ("client_id", DEMO_CLIENT_ID),
        ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob"),
        ("user", "anna"),
        ("decision", "approve"),
    ];
    let page = format!("{}/oauth/authorize", kometa.sim.url());
    let response = browser.post(page).form(&form).send().await.unwrap();
    response.headers()["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Returns the value of a key in the file.
pub(super) fn value(text: &str, key: &str) -> String {
    let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{key}:"))).unwrap();
    line.split_once(':').unwrap().1.split('#').next().unwrap().trim().trim_matches('\'').to_owned()
}

/// Asserts that the file contains a token pair and is otherwise unchanged.
#[track_caller]
pub(super) fn assert_authorized(old: &str, new: &str) {
    let strip = |text: &str| {
        let values = ["access_token", "token_type", "expires_in", "refresh_token", "created_at", "pin"];
        let keep = |line: &&str| !values.iter().any(|key| line.trim_start().starts_with(&format!("{key}:")));
        text.lines().filter(keep).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(strip(old), strip(new));
    assert!(value(new, "access_token").len() > 20 && value(new, "refresh_token").len() > 20, "{new}");
}

#[tokio::test]
async fn a_typed_pin_fills_the_empty_block_in_place() {
    let kometa = Kometa::with_config(&empty_block()).await;
    let ran = kometa.auth(&format!("{}\n", pin(&kometa).await)).await.assert_success();
    assert!(
        ran.out.contains("Trakt account: anna.") && ran.err.contains("/oauth/authorize?"),
        "{}",
        ran.all_output()
    );
    assert_authorized(&empty_block(), &kometa.text());
    assert!(!ran.all_output().contains(&value(&kometa.text(), "access_token")));
    let before = kometa.text();
    let again = kometa.auth("").await.assert_success();
    assert!(again.out.contains("is valid; nothing was changed"), "{}", again.all_output());
    assert_eq!((kometa.text(), kometa.grants()), (before, 1));
}

#[tokio::test]
async fn a_pin_in_the_file_is_exchanged_and_emptied() {
    let kometa = Kometa::with_config("").await;
    let old = empty_block().replace("  pin:", &format!("  pin: {} # from Trakt", pin(&kometa).await));
    kometa.write(&old);
    kometa.auth("").await.assert_success();
    assert_authorized(&old, &kometa.text());
    assert_eq!(value(&kometa.text(), "pin"), "");
    kometa.write(&old);
    kometa
        .auth("")
        .await
        .assert_failure("the PIN in the file is wrong, older than ten minutes, or already used");
    assert_eq!(kometa.text(), old);
}

#[tokio::test]
async fn a_code_entered_on_trakt_authorizes() {
    let kometa = Kometa::with_config(&empty_block()).await;
    kometa.sim.configure(|config| config.device_interval_seconds = 1);
    let path = kometa.path();
    let mut child =
        kometa.command(&["trakt", "auth", "--device", "--config", path.to_str().unwrap()]).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let code = line.rsplit(' ').next().unwrap();
    assert!(kometa.sim.approve(code, "anna"), "{line}");
    assert!(child.wait().await.unwrap().success());
    assert_authorized(&empty_block(), &kometa.text());
}

#[tokio::test]
async fn print_outputs_the_complete_block_and_writes_nothing() {
    let kometa = Kometa::with_config(&empty_block()).await;
    let path = kometa.path();
    let input = format!("{}\n", pin(&kometa).await);
    let ran = kometa
        .run(&["trakt", "auth", "--print", "--config", path.to_str().unwrap()], &input)
        .await
        .assert_success();
    assert_eq!(kometa.text(), empty_block());
    assert!(ran.out.starts_with(&format!("trakt:\n  client_id: {DEMO_CLIENT_ID}\n")), "{}", ran.out);
    // The printed block is a complete config.yml.
    kometa.write(&ran.out);
    assert!(kometa.auth("").await.assert_success().out.contains("is valid"));

    let id = ["trakt", "auth", "--print", "--client-id", DEMO_CLIENT_ID];
    let input = format!("{}\n", pin(&kometa).await);
    kometa.run(&id, &input).await.assert_failure("client_id is right, so client_secret is wrong or missing");
    let both = [id.as_slice(), &["--client-secret", DEMO_CLIENT_SECRET]].concat();
    assert!(kometa.run(&both, &input).await.assert_success().out.contains("    access_token: "));
}

#[rstest]
#[case::edge_forbidden(Fault::on("/users/settings", FaultKind::EdgeForbidden))]
#[case::rate_limit(Fault::on("/users/settings", FaultKind::RateLimit { headers: true, retry_after: Some(3000) }))]
#[case::server_error(Fault::on("/users/settings", FaultKind::Empty { status: 500 }))]
#[case::unavailable(Fault::on("/users/settings", FaultKind::Html { status: 503 }))]
#[tokio::test]
async fn a_failed_check_does_not_invalidate_the_token(#[case] fault: Fault) {
    let kometa = Kometa::with_config("").await;
    let old = block_with(&kometa.sim.issue_token("anna"), "  pin: 12345678\n");
    kometa.write(&old);
    kometa.sim.add_fault(fault);
    kometa.auth("").await.assert_failure("it is kept and nothing was spent");
    assert_eq!((kometa.text(), kometa.grants()), (old, 0));
}

#[rstest]
#[case(AccountStatus::Locked, "has locked this account")]
#[case(AccountStatus::Deactivated, "is deactivated")]
#[tokio::test]
async fn a_locked_or_deactivated_account_keeps_its_token_pair(
    #[case] status: AccountStatus,
    #[case] expected: &str,
) {
    let kometa = Kometa::with_config("").await;
    let old = block_with(&kometa.sim.issue_token("anna"), "");
    kometa.write(&old);
    kometa.sim.set_account_status("anna", status);
    kometa.auth("").await.assert_failure(expected).assert_failure("is kept");
    assert_eq!((kometa.text(), kometa.grants()), (old, 0));
}

#[tokio::test]
async fn a_check_without_a_response_body_succeeds() {
    let kometa = Kometa::with_config("").await;
    let old = block_with(&kometa.sim.issue_token("anna"), "");
    kometa.write(&old);
    kometa.sim.add_fault(Fault::on("/users/settings", FaultKind::Empty { status: 204 }));
    assert!(kometa.auth("").await.assert_success().out.contains("is valid"));
    assert_eq!((kometa.text(), kometa.grants()), (old, 0));
}

#[tokio::test]
async fn an_old_token_pair_is_renewed_and_a_rejected_one_needs_a_pin() {
    let kometa = Kometa::with_config("").await;
    let mut pair = kometa.sim.issue_token("anna");
    pair.created_at -= Duration::days(30).num_seconds();
    let old = block_with(&pair, "");
    kometa.write(&old);
    assert!(kometa.auth("").await.assert_success().out.contains("Renewed."));
    assert_authorized(&old, &kometa.text());
    assert_ne!(value(&kometa.text(), "access_token"), pair.access_token);

    kometa.sim.revoke_tokens("anna");
    let revoked = kometa.text();
    kometa.auth("").await.assert_failure("there is no terminal to enter it in").assert_failure("--device");
    assert_eq!(kometa.text(), revoked);
    kometa.auth(&pin(&kometa).await).await.assert_success();
    assert_authorized(&old, &kometa.text());
}

#[tokio::test]
async fn concurrent_processes_never_use_the_same_refresh_token() {
    let kometa = Kometa::with_config("").await;
    let old = block_with(&kometa.sim.issue_token("anna"), "  force_refresh: true\n");
    kometa.write(&old);
    let path = kometa.path();
    let start = || kometa.command(&["trakt", "auth", "--config", path.to_str().unwrap()]).spawn().unwrap();
    let (first, second, third) = (start(), start(), start());
    for child in [first, second, third] {
        assert!(finish(child, "").await.assert_success().out.contains("because of force_refresh"));
    }
    assert_authorized(&old, &kometa.text());
    assert_eq!(kometa.grants(), 3);
}

#[tokio::test]
async fn placeholders_are_read_from_the_env_file_and_kept() {
    let kometa = Kometa::with_config("").await;
    let old =
        empty_block().replace(DEMO_CLIENT_ID, "<<trakt-id>>").replace(DEMO_CLIENT_SECRET, "<<trakt-secret>>");
    kometa.write(&old);
    kometa.auth("").await.assert_failure("<<trakt-id>> is not set: set the variable KOMETA_TRAKT_ID");
    std::fs::write(kometa.folder.path().join(".env"), format!("KOMETA_TRAKT_ID={DEMO_CLIENT_ID}\n")).unwrap();
    let path = kometa.path();
    let mut command = kometa.command(&["trakt", "auth", "--config", path.to_str().unwrap()]);
    command.env("PMM_TRAKT_SECRET", DEMO_CLIENT_SECRET);
    let input = pin(&kometa).await;
    finish(command.spawn().unwrap(), &input).await.assert_success();
    assert_authorized(&old, &kometa.text());
    assert!(kometa.text().contains("<<trakt-id>>") && kometa.text().contains("\"<<trakt-secret>>\""));
}

#[tokio::test]
async fn the_config_option_is_kometas_file_and_the_variable_kinometas() {
    let kometa = Kometa::with_config(&empty_block()).await;
    let own = kometa.folder.path().join("ours.toml");
    std::fs::write(&own, format!("trakt_api_url = {0:?}\ntrakt_auth_url = {0:?}\n", kometa.sim.url()))
        .unwrap();
    let mut command = super::kinometa(&kometa.folder.path().join("data"));
    command.env("KINOMETA_CONFIG", &own).args(["trakt", "auth", "--config"]).arg(kometa.path());
    let input = pin(&kometa).await;
    finish(command.spawn().unwrap(), &input).await.assert_success();
    let mut command = super::kinometa(&kometa.folder.path().join("data"));
    command.arg("--config").arg(&own).args(["trakt", "auth", "--config"]).arg(kometa.path());
    assert!(finish(command.spawn().unwrap(), "").await.assert_success().out.contains("is valid"));
    let mut command = super::kinometa(&kometa.folder.path().join("data"));
    command.env("KINOMETA_CONFIG", &own).args(["trakt", "auth"]).stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).await.unwrap();
    assert!(stderr.contains("pass the file with --config FILE"), "{stderr}");
}

#[rstest]
#[case("trakt:\n\tclient_id: a\n", "config.yml:2:2: tabs are not allowed")]
#[case(
    "trakt:\n  client_id: abc\n  client_secret: x\n  client_id: secret1234567890\n",
    "\"client_id\" is already set in line 2, column 3"
)]
#[case("plex:\n  url: x\n", "there is no `trakt:` block in this file")]
#[case("trakt:\n  cleint_id: a\n", "did you mean \"client_id\"?")]
#[tokio::test]
async fn errors_in_files_are_reported_with_their_location(#[case] text: &str, #[case] expected: &str) {
    let kometa = Kometa::with_config(text).await;
    let ran = kometa.auth("").await.assert_failure(expected);
    assert!(!ran.all_output().contains("secret1234567890"), "{}", ran.all_output());
    assert_eq!((kometa.text().as_str(), kometa.grants()), (text, 0));
}
