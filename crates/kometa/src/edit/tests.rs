use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn pair(access: &str) -> Authorization {
    Authorization {
        access_token: access.to_owned().into(),
        token_type: "bearer".into(),
        expires_in: 604_800,
        refresh_token: Some("newrefresh".to_owned().into()),
        scope: "public".into(),
        created_at: 1_800_000_000,
    }
}

fn written(text: &str) -> String {
    write_pair("config.yml", text, &pair("newaccess")).unwrap()
}

const FULL: &str = "access_token: newaccess\n    token_type: bearer\n    expires_in: 604800\n    refresh_token: newrefresh\n    scope: public\n    created_at: 1800000000\n";

#[test]
fn blank_values_are_filled_in_place() {
    let old = "# top\ntrakt:\n  client_id: 1a2b   # mine\n  client_secret: \"q\"\n  pin: 12345678 # from Trakt\n  force_refresh: false\n  authorization:\n    # everything here is automatic\n    access_token:\n    token_type:\n    expires_in:\n    refresh_token:\n    scope: public\n    created_at:\n  # after\nplex:\n  url: 'http://x'\n";
    let new = "# top\ntrakt:\n  client_id: 1a2b   # mine\n  client_secret: \"q\"\n  pin:  # from Trakt\n  force_refresh: false\n  authorization:\n    # everything here is automatic\n    access_token: newaccess\n    token_type: bearer\n    expires_in: 604800\n    refresh_token: newrefresh\n    scope: public\n    created_at: 1800000000\n  # after\nplex:\n  url: 'http://x'\n";
    assert_eq!(written(old), new);
}

#[rstest]
#[case::missing("trakt:\n  client_id: a\nplex: {}\n", format!("trakt:\n  client_id: a\n  authorization:\n    {FULL}plex: {{}}\n"))]
#[case::at_the_end("trakt:\n  client_id: a", format!("trakt:\n  client_id: a\n  authorization:\n    {}", FULL.trim_end()))]
#[case::blank("trakt:\n  client_id: a\n  authorization: # auto\n  pin: 1\n", format!("trakt:\n  client_id: a\n  authorization: # auto\n    {FULL}  pin: \n"))]
#[case::null("trakt:\n  client_id: a\n  authorization: null # auto\n", format!("trakt:\n  client_id: a\n  authorization:  # auto\n    {FULL}"))]
#[case::wide_indentation("trakt:\n    client_id: a\n    authorization:\n", format!("trakt:\n    client_id: a\n    authorization:\n        {}", FULL.replace("\n    ", "\n        ")))]
#[case::crlf("trakt:\r\n  client_id: a\r\n  authorization:\r\n", format!("trakt:\r\n  client_id: a\r\n  authorization:\r\n    {}", FULL.replace('\n', "\r\n")))]
#[case::bom("\u{feff}trakt:\n  client_id: a\n  authorization:\n", format!("\u{feff}trakt:\n  client_id: a\n  authorization:\n    {FULL}"))]
fn a_missing_pair_is_added_in_the_style_of_the_file(#[case] old: &str, #[case] new: String) {
    assert_eq!(written(old), new);
}

#[rstest]
#[case::quotes(
    "trakt:\n  client_id: a\n  authorization:\n    access_token: \"old\"  # a\n    token_type: 'Bearer'\n    expires_in: 1\n    refresh_token: r\n    scope: public\n    created_at: '2'\n",
    "trakt:\n  client_id: a\n  authorization:\n    access_token: \"newaccess\"  # a\n    token_type: 'bearer'\n    expires_in: 604800\n    refresh_token: newrefresh\n    scope: public\n    created_at: '1800000000'\n"
)]
#[case::flow(
    "trakt: {client_id: a, pin: 5, authorization: {access_token: old, scope: public}} # x\n",
    "trakt: {client_id: a, pin: , authorization: {access_token: newaccess, scope: public, token_type: bearer, expires_in: 604800, refresh_token: newrefresh, created_at: 1800000000}} # x\n"
)]
#[case::flow_without_pair(
    "trakt: {client_id: a, }\n",
    "trakt: {client_id: a,authorization: {access_token: newaccess, token_type: bearer, expires_in: 604800, refresh_token: newrefresh, scope: public, created_at: 1800000000} }\n"
)]
#[case::flow_with_comments(
    "trakt: {\n  client_id: a, # id\n  authorization: { # auto\n    access_token: old, # token\n    scope: public # the end\n  }\n} # x\n",
    "trakt: {\n  client_id: a, # id\n  authorization: { # auto\n    access_token: newaccess, # token\n    scope: public, token_type: bearer, expires_in: 604800, refresh_token: newrefresh, created_at: 1800000000 # the end\n  }\n} # x\n"
)]
#[case::flow_like_json(
    "{\"trakt\": {\"client_id\": \"a\", \"pin\": null, \"authorization\": {\"access_token\":\"old\", \"refresh_token\":null, \"token_type\": \"b\", \"expires_in\": 1, \"scope\": \"p\", \"created_at\": 1}}}\n",
    "{\"trakt\": {\"client_id\": \"a\", \"pin\": null, \"authorization\": {\"access_token\":\"newaccess\", \"refresh_token\": newrefresh, \"token_type\": \"bearer\", \"expires_in\": 604800, \"scope\": \"public\", \"created_at\": 1800000000}}}\n"
)]
#[case::a_document_with_quoted_keys(
    "---\n# first\n'trakt':\n  \"client_id\": a\n  \"authorization\":\n    'access_token':\n      old\n    token_type: b\t# tab\n    expires_in: 1\n    \"refresh_token\" : r\n    scope: p\n    created_at: 1   \n...\n",
    "---\n# first\n'trakt':\n  \"client_id\": a\n  \"authorization\":\n    'access_token':\n      newaccess\n    token_type: bearer\t# tab\n    expires_in: 604800\n    \"refresh_token\" : newrefresh\n    scope: public\n    created_at: 1800000000   \n...\n"
)]
#[case::keys_in_another_order(
    "trakt:\n  authorization:\n    created_at: 1\n    refresh_token: x\n\n    # kept\n  client_id: a\n",
    "trakt:\n  authorization:\n    created_at: 1800000000\n    refresh_token: newrefresh\n    access_token: newaccess\n    token_type: bearer\n    expires_in: 604800\n    scope: public\n\n    # kept\n  client_id: a\n"
)]
#[case::block_scalar(
    "trakt:\n  client_id: a\n  pin: |\n    12345678\n\n  authorization:\n    access_token: >-\n      old\n    token_type: b\n    expires_in: 1\n    refresh_token: r\n    scope: p\n    created_at: 1\n",
    "trakt:\n  client_id: a\n  pin: \n\n  authorization:\n    access_token: newaccess\n    token_type: bearer\n    expires_in: 604800\n    refresh_token: newrefresh\n    scope: public\n    created_at: 1800000000\n"
)]
#[case::anchors(
    "x: &base {cache: true}\ntrakt: &t\n  client_id: &id a\n  authorization: &auth\n    access_token: &acc old\n    token_type: b\n    expires_in: 1\n    refresh_token: r\n    scope: p\n    created_at: 1\nsettings: *base\nname: *id\n",
    "x: &base {cache: true}\ntrakt: &t\n  client_id: &id a\n  authorization: &auth\n    access_token: &acc newaccess\n    token_type: bearer\n    expires_in: 604800\n    refresh_token: newrefresh\n    scope: public\n    created_at: 1800000000\nsettings: *base\nname: *id\n"
)]
fn only_the_values_are_replaced(#[case] old: &str, #[case] new: &str) {
    assert_eq!(written(old), new);
}

#[rstest]
#[case("1234e567", "access_token: '1234e567'")]
#[case("00123456", "access_token: '00123456'")]
#[case("null", "access_token: 'null'")]
#[case("yes", "access_token: 'yes'")]
#[case("a#b: c", "access_token: 'a#b: c'")]
#[case("it's", "access_token: 'it''s'")]
#[case("abc_-DEF", "access_token: abc_-DEF")]
fn tokens_that_yaml_would_not_read_as_text_are_quoted(#[case] token: &str, #[case] line: &str) {
    let new =
        write_pair("c", "trakt:\n  client_id: a\n  authorization:\n    access_token: old\n", &pair(token))
            .unwrap();
    assert!(new.contains(&format!("{line}\n")), "{new}");
}

#[rstest]
#[case("trakt:\n  client_id: a\n  pin: <<pin>>\n", "c:3:8: trakt.pin is a placeholder")]
#[case("a: &a {scope: x}\ntrakt:\n  client_id: a\n  authorization: *a\n", "trakt.authorization is an alias")]
#[case(
    "a: &a {access_token: x}\ntrakt:\n  client_id: a\n  authorization:\n    <<: *a\n    scope: public\n",
    "trakt.authorization.access_token is merged"
)]
#[case("a: &a {pin: x}\ntrakt:\n  <<: *a\n  client_id: a\n", "trakt.pin is merged")]
#[case("a: &a {client_id: x}\ntrakt: *a\n", "trakt is an alias")]
#[case(
    "trakt:\n  client_id: a\n  authorization:\n    access_token: <<token>>\n",
    "access_token is a placeholder"
)]
#[case("trakt:\n  client_id: a\n  authorization: [a]\n", "trakt.authorization must be a mapping")]
#[case("plex: {}\n", "no `trakt:` block")]
#[case("trakt:\n", "no `trakt:` block")]
#[case(
    "trakt:\n  client_id: a\n  authorization:\n    access_token: &a old\nplex:\n  token: *a\n",
    "cannot be edited safely"
)]
fn values_that_cannot_be_written_in_place_are_rejected(#[case] text: &str, #[case] expected: &str) {
    let error = write_pair("c", text, &pair("new")).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_flow_mapping_may_contain_keys_without_values() {
    let text = "trakt: {client_id: a, authorization: {a\"y\"}} # token: x\n";
    let new = write_pair("c", text, &pair("newaccess")).unwrap();
    assert!(new.contains("{a\"y\", access_token: newaccess") && new.ends_with("}} # token: x\n"), "{new}");
}

#[test]
fn the_finished_block_reads_back() {
    let block = block("00123", Some("sec'ret"), &pair("1e5"));
    let read = crate::config::read("c", &block, &Secrets::default()).unwrap().trakt.unwrap();
    assert_eq!(read.client_id.unwrap().expose_secret(), "00123");
    assert_eq!(read.client_secret.unwrap().expose_secret(), "sec'ret");
    assert_eq!(read.authorization.unwrap().access_token.expose_secret(), "1e5");
}

/// A value in any style: plain, quoted, missing, with a comment.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" ~".to_owned()),
        "[a-z0-9]{1,12}".prop_map(|text| format!(" {text}")),
        "[a-z0-9 ]{0,8}".prop_map(|text| format!("   '{text}'")),
        "[a-zé\u{1f600} ]{0,8}".prop_map(|text| format!(" \"{text}\"")),
        "[a-z]{1,5}".prop_map(|text| format!(" # {text}")),
        "[a-z]{1,5}".prop_map(|text| format!(" v{text}   # {text}: 'x'")),
    ]
}

fn between() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 1 => Just("\n".to_owned()), 1 => "[a-z:' ]{0,9}".prop_map(|text| format!("   # {text}\n"))]
}

prop_compose! {
    fn file()(
        order in Just((0..11usize).collect::<Vec<_>>()).prop_shuffle(),
        present in proptest::collection::vec(any::<bool>(), 11),
        values in proptest::collection::vec(value(), 11),
        gaps in proptest::collection::vec(between(), 11),
        (outer, inner) in (1..5usize, 1..5usize),
        has_pair in any::<bool>(), crlf in any::<bool>(), bom in any::<bool>(), last in any::<bool>(),
    ) -> String {
        const OUTER: [&str; 5] = ["client_secret", "pin", "force_refresh", "other", "'quoted'"];
        let mut text = String::from("# head\nplex:\n    url: x\ntrakt:  # ours\n");
        let line = |text: &mut String, index: usize, indent: usize, key: &str| {
            *text += &format!("{}{}{key}:{}\n", gaps[index], " ".repeat(indent), values[index]);
        };
        text += &format!("{}client_id: abc\n", " ".repeat(outer));
        for index in order.iter().filter(|index| present[**index]) {
            if *index < 5 { line(&mut text, *index, outer, OUTER[*index]); }
        }
        if has_pair {
            text += &format!("{}authorization: # auto\n", " ".repeat(outer));
            for index in order.iter().filter(|index| present[**index] && **index >= 5) {
                line(&mut text, *index, outer + inner, PAIR_KEYS[*index - 5]);
            }
        }
        if last { text += "# tail\nlibraries:\n  Movies:\n  - x\n"; }
        if crlf { text = text.replace('\n', "\r\n"); }
        if bom { text.insert(0, '\u{feff}'); }
        text
    }
}

proptest! {
    #[test]
    fn bytes_outside_the_values_are_kept_and_the_pair_reads_back(text in file(), token in "[a-zA-Z0-9_.-]{1,40}") {
        let pair = pair(&token);
        let plan = plan::plan("c", &text, &pair).unwrap();
        let new = write_pair("c", &text, &pair).unwrap();
        // Without the replacements, the new file must be the old file, byte for byte.
        let mut sorted = plan.clone();
        sorted.sort_by_key(|replacement| (replacement.span.start, replacement.span.end));
        let (mut old_at, mut new_at) = (0, 0);
        for Replacement { span, text: put } in sorted {
            let kept = span.start - old_at;
            prop_assert_eq!(&text[old_at..span.start], &new[new_at..new_at + kept]);
            prop_assert_eq!(&new[new_at + kept..new_at + kept + put.len()], put.as_str());
            (old_at, new_at) = (span.end, new_at + kept + put.len());
        }
        prop_assert_eq!(&text[old_at..], &new[new_at..]);
        // Writing the same pair again changes nothing.
        prop_assert_eq!(write_pair("c", &new, &pair).unwrap(), new.clone());
    }

    #[test]
    fn arbitrary_text_does_not_panic(text in "(trakt|pin|authorization|access_token|[-:#&*!|>'\"{}\\[\\],? \\n\\t~a-zé]){0,40}") {
        let _ = write_pair("c", &text, &pair("new"));
    }

    #[test]
    fn arbitrary_trakt_blocks_do_not_panic(body in "(  pin:|  authorization:|    access_token:|[-:#&*!|>'\"{}\\[\\],? \\n\\t~a-zé\\r]){0,40}") {
        let _ = write_pair("c", &format!("trakt:\n  client_id: a\n{body}"), &pair("new"));
    }
}
