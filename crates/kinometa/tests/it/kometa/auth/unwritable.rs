//! Token pairs that cannot be written to the config file.

use super::*;

#[rstest]
#[case("  authorization: *pair\n", "trakt.authorization is an alias")]
#[case("  pin: <<pin>>\n", "trakt.pin is a placeholder")]
#[tokio::test]
async fn a_pair_that_cannot_be_written_in_place_is_reported_and_stored(
    #[case] line: &str,
    #[case] expected: &str,
) {
    let kometa = Kometa::with_config("").await;
    let mut pair = kometa.sim.issue_token("anna");
    pair.created_at -= Duration::days(30).num_seconds();
    let old = format!(
        "x: &pair {{access_token: {}, refresh_token: {}, expires_in: 1, created_at: 1}}\ntrakt:\n  client_id: {DEMO_CLIENT_ID}\n  client_secret: {DEMO_CLIENT_SECRET}\n{line}",
        pair.access_token, pair.refresh_token
    );
    kometa.write(&old);
    let input = pin(&kometa).await;
    let ran = kometa.auth(&input).await.assert_success();
    assert!(
        ran.out.contains("kept in Kinometa's database") && ran.all_output().contains(expected),
        "{}",
        ran.all_output()
    );
    let again = kometa.auth("").await.assert_success();
    assert!(
        again.err.contains("config.yml is behind") && again.err.contains(expected),
        "{}",
        again.all_output()
    );
    assert!(again.out.contains("is valid"), "{}", again.all_output());
    assert_eq!((kometa.text(), kometa.grants()), (old, 1));
}

/// For example a file that is mounted read-only: the account keeps working, and the file is written once it
/// is writable.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_read_only_file_does_not_lose_the_account() {
    use std::os::unix::fs::PermissionsExt;
    let kometa = Kometa::with_config("").await;
    let mut pair = kometa.sim.issue_token("anna");
    pair.created_at -= Duration::days(30).num_seconds();
    let old = block_with(&pair, "");
    kometa.write(&old);
    let set_mode =
        |mode| std::fs::set_permissions(kometa.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o444);
    // Child processes must not be able to write the file even if the test runs as root.
    for set in [caps::CapSet::Effective, caps::CapSet::Bounding] {
        caps::drop(None, set, caps::Capability::CAP_DAC_OVERRIDE).unwrap();
    }
    let ran = kometa.auth("").await.assert_success();
    for part in ["Renewed. The token pair is kept in Kinometa's database", "mode 0444", "chown or chmod"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.all_output());
    }
    let again = kometa.auth("").await.assert_success();
    assert!(
        again.err.contains("config.yml is behind") && again.err.contains("mode 0444"),
        "{}",
        again.all_output()
    );
    assert!(again.out.contains("is valid; nothing was changed"), "{}", again.all_output());
    assert_eq!((kometa.text(), kometa.grants()), (old.clone(), 1));

    set_mode(0o644);
    let ran = kometa.auth("").await.assert_success();
    assert!(ran.err.contains("is written to") && !ran.err.contains("is behind"), "{}", ran.all_output());
    assert_authorized(&old, &kometa.text());
    let token = value(&kometa.text(), "access_token");
    for file in
        std::fs::read_dir(kometa.folder.path().join("data")).unwrap().map(|entry| entry.unwrap().path())
    {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let shown = bytes.windows(token.len()).any(|part| part == token.as_bytes());
        assert!(!shown, "{} contains the token in plain text", file.display());
    }
    assert_eq!(kometa.auth("").await.assert_success().err, "");

    // A newer token pair written by another program is used.
    set_mode(0o444);
    let written = kometa.text();
    let aged = written.replace(&value(&written, "created_at"), &pair.created_at.to_string());
    set_mode(0o644);
    kometa.write(&aged);
    set_mode(0o444);
    kometa.auth("").await.assert_success();
    set_mode(0o644);
    let mut newer = kometa.sim.issue_token("anna");
    newer.created_at += 60;
    let other_block = block_with(&newer, "");
    kometa.write(&other_block);
    set_mode(0o444);
    let ran = kometa.auth("").await.assert_success();
    assert!(ran.err.is_empty() && ran.out.contains("is valid"), "{}", ran.all_output());
    assert_eq!((kometa.text(), kometa.grants()), (other_block, 2));
}

/// Two pairs renewed within the same second have the same age.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_pair_renewed_in_the_second_of_its_creation_is_used() {
    use std::os::unix::fs::PermissionsExt;
    let kometa = Kometa::with_config("").await;
    let mut pair = kometa.sim.issue_token("anna");
    // The clock of the program that wrote the file is ahead.
    pair.created_at += 60;
    let old = block_with(&pair, "  force_refresh: true\n");
    kometa.write(&old);
    std::fs::set_permissions(kometa.path(), std::fs::Permissions::from_mode(0o444)).unwrap();
    for set in [caps::CapSet::Effective, caps::CapSet::Bounding] {
        caps::drop(None, set, caps::Capability::CAP_DAC_OVERRIDE).unwrap();
    }
    for grants in 1..=2 {
        let ran = kometa.auth("").await.assert_success();
        assert!(ran.out.contains("Renewed because of force_refresh"), "{}", ran.all_output());
        assert!(ran.out.contains("Trakt account: anna."), "{}", ran.all_output());
        assert_eq!((kometa.text(), kometa.grants()), (old.clone(), grants));
    }
}

/// A renewed pair that could not be written is used from the recovery copy, and written once that is possible.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_pair_that_could_not_be_written_is_recovered() {
    use std::os::unix::fs::PermissionsExt;
    let kometa = Kometa::with_config("").await;
    let revoked = block_with(
        &TokenPair {
            access_token: "a".repeat(64),
            refresh_token: "r".repeat(64),
            expires_in: 604_800,
            created_at: 1,
        },
        "",
    );
    let renewed = block_with(&kometa.sim.issue_token("anna"), "");
    kometa.write(&revoked);
    let set_mode =
        |mode| std::fs::set_permissions(kometa.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    set_mode(0o444);
    caps::drop(None, caps::CapSet::Effective, caps::Capability::CAP_DAC_OVERRIDE).unwrap();
    let recovery = kometa.folder.path().join("data/kometa");
    let file = kometa::file::ConfigFile::open(&kometa.path(), &recovery).unwrap();
    assert!(
        file.write(&revoked, &renewed).unwrap_err().to_string().contains("will be written by the next run")
    );
    assert_eq!(kometa.text(), revoked);

    set_mode(0o644);
    let ran = kometa.auth("").await.assert_success();
    assert!(
        ran.err.contains("Completed an earlier write") && ran.out.contains("is valid"),
        "{}",
        ran.all_output()
    );
    assert_eq!((kometa.text(), kometa.grants()), (renewed.clone(), 0));
    assert_eq!(std::fs::read_dir(&recovery).unwrap().count(), 0);
    kometa.write(&renewed.replace("trakt:", "# mine\ntrakt:"));
    assert!(kometa.auth("").await.assert_success().out.contains("nothing was changed"));
}
