use rstest::rstest;

use super::*;

fn read(text: &str) -> Value {
    Value::read(&parse("f.yml", text).unwrap()).unwrap()
}

#[rstest]
#[case("12", Data::Int(12))]
#[case("00123456", Data::Int(123_456))]
#[case("1_2", Data::Int(12))]
#[case("0o17", Data::Int(15))]
#[case("0x1F", Data::Int(31))]
#[case("-3", Data::Int(-3))]
#[case("1.50", Data::Float(1.5))]
#[case("1234e567", Data::Float(f64::INFINITY))]
#[case("0e123456", Data::Float(0.0))]
#[case("-.inf", Data::Float(f64::NEG_INFINITY))]
#[case("True", Data::Bool(true))]
#[case("yes", Data::Text("yes".into()))]
#[case("~", Data::Null)]
#[case("Null", Data::Null)]
#[case("1990-1999", Data::Text("1990-1999".into()))]
#[case("2026-01-02", Data::Text("2026-01-02".into()))]
#[case("'12'", Data::Text("12".into()))]
#[case("!!str 12", Data::Text("12".into()))]
#[case("e5", Data::Text("e5".into()))]
#[case("4K", Data::Text("4K".into()))]
fn scalars_are_resolved_as_in_yaml_1_2(#[case] text: &str, #[case] data: Data) {
    assert_eq!(read(&format!("a: {text}")).get("a").unwrap().data, data);
}

#[test]
fn scalars_keep_their_text_even_if_yaml_resolves_another_type() {
    let root = parse("f.yml", "a: 1234e567\nb: 00123456\nc: ~\nd: '~'\ne:\n").unwrap();
    let text = |key: &str| root.entry(key).unwrap().value.text().map(str::to_owned);
    assert_eq!(text("a").as_deref(), Some("1234e567"));
    assert_eq!(text("b").as_deref(), Some("00123456"));
    assert_eq!((text("c"), text("d").as_deref(), text("e")), (None, Some("~"), None));
}

#[test]
fn own_keys_precede_merged_ones_and_earlier_merges_precede_later_ones() {
    let value = read("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n");
    let c = value.get("c").unwrap();
    let number = |key: &str| c.get(key).unwrap().data.clone();
    assert_eq!((number("x"), number("y"), number("z")), (Data::Int(3), Data::Int(1), Data::Int(2)));
}

#[test]
fn aliases_that_expand_to_too_many_values_are_rejected() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{before}]\n");
    }
    assert!(Value::read(&parse("f.yml", &text).unwrap()).is_err());
}

#[rstest]
#[case("a:\n\tb: 1\n", 2, "tabs are not allowed", "b: 1")]
#[case("a:\n  b: text\n\tc: 1\n", 3, "tabs are not allowed", "c: 1")]
#[case("a: 1\nb: 2\na: 3\n", 3, "already set in line 1, column 1", "a: 3")]
#[case("a: {b: 1\nc: 2\n", 2, "flow mapping", "c: 2")]
#[case("a: {b: 1\n", 1, "bracket", "a: {b: 1")]
#[case("a: *x\n", 1, "unknown anchor", "a: *x")]
#[case("a: 1\n---\nb: 2\n", 2, "second document", "---")]
#[case("? [a]\n: 1\n", 1, "a key must be text", "? [a]")]
#[case("\u{feff}a: 'x\n", 1, "quote", "a: 'x")]
fn errors_contain_the_line_number_and_its_text(
    #[case] text: &str,
    #[case] line: usize,
    #[case] expected: &str,
    #[case] shows: &str,
) {
    let error = parse("config.yml", text).unwrap_err();
    assert_eq!(error.at.line, line, "{error}");
    let shown = error.to_string();
    assert!(shown.starts_with("config.yml:") && shown.contains(expected) && shown.contains(shows), "{shown}");
}

#[rstest]
#[case("  client_secret: 'abc", "  client_secret: …")]
#[case("{access_token: abc, pin: 1}", "{access_token: …")]
#[case("  0123456789abcdef0123 x", "  … x")]
#[case("  limit: 10", "  limit: 10")]
#[case("  apikey: short", "  apikey: …")]
fn lines_in_error_messages_contain_no_secrets(#[case] line: &str, #[case] shown: &str) {
    assert_eq!(without_secrets(line), shown);
}

#[test]
fn values_are_printed_as_in_python() {
    let value = read("a: [true, 1, 1.0, null, it's, {b: x}]\n");
    assert_eq!(value.get("a").unwrap().to_python(), "[True, 1, 1.0, None, 'it\\'s', {'b': 'x'}]");
}
