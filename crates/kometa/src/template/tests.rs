use rstest::rstest;

use super::*;
use crate::yaml::parse;

fn read(text: &str) -> Value {
    Value::read(&parse("f.yml", text).unwrap()).unwrap()
}

fn map(text: &str) -> Map {
    match read(text).data {
        Data::Map(map) => map,
        _ => Vec::new(),
    }
}

fn context() -> Context {
    Context { library_type: "movie", library_name: "Films".into(), today: (2026, 11, 28) }
}

fn with(template: &str, definition: &str, config: &str) -> Result<Applied, (Place, TemplateError)> {
    let template = Template { value: read(template), variables: Vec::new() };
    let templates = HashMap::from([("t".to_owned(), template)]);
    apply("The Best", &map(definition), &templates, &map(config), &context())
}

/// Returns the attributes after the template was applied, in flow style.
fn shown(template: &str, definition: &str, config: &str) -> String {
    let applied = with(template, definition, config).unwrap();
    let one = |attribute: &Attribute| format!("{}: {}", attribute.key.text, show(&attribute.value));
    applied.attributes.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn show(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => format!("{text:?}"),
        _ => value.to_python(),
    }
}

#[rstest]
#[case::typed("{limit: <<n>>}", "n: 5", "limit: 5")]
#[case::boolean("{a: <<n>>, b: x<<n>>}", "n: true", "a: True; b: \"xTrue\"")]
#[case::list("{a: <<n>>, b: x <<n>>}", "n: [a, b]", "a: ['a', 'b']; b: \"x ['a', 'b']\"")]
#[case::quoted_number_stays_text("{a: <<n>>}", "n: '5'", "a: \"5\"")]
#[case::nested_names("{limit: <<limit_<<key>>>>}", "key: x, limit_x: 7", "limit: 7")]
#[case::variables_in_keys("{'<<key>>_x': 1}", "key: a", "a_x: 1")]
#[case::key_looks_like_merge("{limit_<<key>>: 2}", "key: a", "limit_a: 2")]
#[case::plus("{a: <<year+1>>, b: y<<year-10>>}", "year: 2000", "a: 2001; b: \"y1990\"")]
#[case::current("{a: <<current_year>>, b: <<current_year-1>>}", "x: 1", "a: 2026; b: 2025")]
#[case::built_in(
    "{a: <<library_type>>, b: <<library_typeU>>s, c: <<library_name>>}",
    "x: 1",
    "a: \"movie\"; b: \"Movies\"; c: \"Films\""
)]
#[case::names(
    "{a: <<collection_name>>, b: <<mapping_name>>, c: <<mapping_sort>>, move_prefix: 'The, A'}",
    "x: 1",
    "a: \"The Best\"; b: \"The Best\"; c: \"Best, The\""
)]
#[case::name_is_never_replaced("{a: <<name>>}", "x: 1", "a: \"<<name>>\"")]
#[case::encoded("{a: <<q_encoded>>}", "q: a b/ü", "a: \"a%20b/%C3%BC\"")]
#[case::unset_variables_are_kept("{limit: <<w>>}", "x: 1", "limit: \"<<w>>\"")]
#[case::optional_without_value_is_dropped("{optional: [w], limit: <<w>>, b: 1}", "x: 1", "b: 1")]
#[case::optional_with_commas("{optional: 'w, v', limit: <<w>>, c: <<v>>, b: 1}", "x: 1", "b: 1")]
#[case::optional_in_a_mapping(
    "{optional: [w], chart: {limit: <<w>>, chart: popular}}",
    "x: 1",
    "chart: {'chart': 'popular'}"
)]
#[case::emptied_mappings_are_dropped(
    "{optional: [w], a: {b: {c: <<w>>}}, d: [x<<w>>], e: 1}",
    "x: 1",
    "e: 1"
)]
#[case::optional_with_value("{optional: [w], limit: <<w>>}", "w: 3", "limit: 3")]
#[case::default_value("{default: {w: 4}, limit: <<w>>}", "x: 1", "limit: 4")]
#[case::default_precedes_optional("{default: {w: 4}, optional: [w], limit: <<w>>}", "x: 1", "limit: 4")]
#[case::default_uses_others("{default: {w: <<v>>-z, v: <<x>>}, a: <<w>>}", "x: 1", "a: \"1-z\"")]
#[case::null_in_the_call_drops_the_default("{default: {w: 4}, limit: <<w>>, b: 1}", "w: null", "b: 1")]
#[case::call_default("{default: {w: 4, v: 5}, a: <<w>>, b: <<v>>}", "default: {w: 6}", "a: 6; b: 5")]
#[case::eight_passes(
    "{a: <<a1>>}",
    "a1: <<a2>>, a2: <<a3>>, a3: <<a4>>, a4: <<a5>>, a5: <<a6>>, a6: <<a7>>, a7: <<a8>>, a8: 1",
    "a: 1"
)]
#[case::nine_passes_are_too_many(
    "{a: <<a0>>}",
    "a0: <<a1>>, a1: <<a2>>, a2: <<a3>>, a3: <<a4>>, a4: <<a5>>, a5: <<a6>>, a6: <<a7>>, a7: <<a8>>, a8: 1",
    "a: \"<<a8>>\""
)]
fn a_call_becomes_attributes(#[case] template: &str, #[case] call: &str, #[case] attributes: &str) {
    assert_eq!(shown(template, &format!("template: {{name: t, {call}}}"), ""), attributes);
}

#[rstest]
#[case::config_precedes_the_call(
    "{a: <<v>>}",
    "{template: {name: t, v: call}, variables: {v: def}}",
    "{v: config}",
    "a: \"config\""
)]
#[case::call_precedes_variables(
    "{a: <<v>>}",
    "{template: {name: t, v: call}, variables: {v: def}}",
    "{}",
    "a: \"call\""
)]
#[case::variables_precede_default(
    "{default: {v: d}, a: <<v>>}",
    "{template: {name: t}, variables: {v: def}}",
    "{}",
    "a: \"def\""
)]
#[case::null_in_the_call_keeps_variables(
    "{default: {v: d}, a: <<v>>}",
    "{template: {name: t, v: null}, variables: {v: def}}",
    "{}",
    "a: \"def\""
)]
#[case::null_in_config_removes_it(
    "{default: {v: d}, a: <<v>>, b: 1}",
    "{template: {name: t, v: call}, variables: {v: def}}",
    "{v: null}",
    "b: 1"
)]
#[case::config_default(
    "{default: {v: d}, a: <<v>>}",
    "{template: {name: t}}",
    "{default: {v: mine}}",
    "a: \"mine\""
)]
#[case::own_attribute_precedes_the_template(
    "{limit: 5, b: 1}",
    "{template: {name: t}, Limit: 9}",
    "{}",
    "Limit: 9; b: 1"
)]
#[case::own_attributes_are_not_substituted(
    "{b: <<v>>}",
    "{template: {name: t, v: 1}, summary: <<v>>}",
    "{}",
    "summary: \"<<v>>\"; b: 1"
)]
#[case::template_name("{name: X <<v>>}", "{template: {name: t, v: 1}}", "{}", "name: \"X 1\"")]
#[case::own_name(
    "{name: X, a: <<collection_name>>}",
    "{template: {name: t}, name: Mine}",
    "{}",
    "name: \"Mine\"; a: \"Mine\""
)]
#[case::first_call_precedes_later_calls(
    "{default: {v: 0}, a: <<v>>, 'b<<v>>': 1}",
    "{template: [{name: t, v: 1}, {name: t, v: 2}]}",
    "{}",
    "a: 1; b1: 1; b2: 1"
)]
fn sources_of_variables_have_an_order_of_precedence(
    #[case] template: &str,
    #[case] definition: &str,
    #[case] config: &str,
    #[case] attributes: &str,
) {
    assert_eq!(shown(template, definition, config), attributes);
}

const CONDITIONAL: &str = "default: d, conditions: [{a: 1, value: one}, {a: [2, two], value: listed}, {b.not: x, c.exists: true, value: both}, {a: gone, value: null}]";

#[rstest]
#[case("a: 1", "\"one\"")]
#[case("a: '1'", "\"one\"")]
#[case("a: 2", "\"listed\"")]
#[case("a: '2'", "\"d\"")]
#[case("a: two", "\"listed\"")]
#[case("c: 0", "\"both\"")]
#[case("c: 0, b: x", "\"d\"")]
#[case("z: 0", "\"d\"")]
#[case("v: given, a: 1", "\"given\"")]
fn the_first_matching_block_of_a_conditional_applies(#[case] call: &str, #[case] value: &str) {
    let template = format!("{{conditionals: {{v: {{{CONDITIONAL}}}}}, out: <<v>>}}");
    assert_eq!(shown(&template, &format!("template: {{name: t, {call}}}"), ""), format!("out: {value}"));
}

#[rstest]
#[case::null_value(
    "{conditionals: {v: {default: d, conditions: [{a: 1, value: null}]}}, out: <<v>>, b: 1}",
    "a: 1",
    "b: 1"
)]
#[case::no_default("{conditionals: {v: {conditions: [{a: 1, value: x}]}}, out: <<v>>, b: 1}", "a: 2", "b: 1")]
#[case::exists_ignores_defaults(
    "{default: {a: 1}, conditionals: {v: {default: no, conditions: [{a.exists: true, value: yes}]}}, out: <<v>>}",
    "x: 1",
    "out: \"no\""
)]
#[case::notdefault_sees_defaults(
    "{default: {a: 1}, conditionals: {v: {default: same, conditions: [{a.notdefault: 1, value: other}]}}, out: <<v>>}",
    "x: 1",
    "out: \"same\""
)]
fn conditionals_interact_with_defaults(#[case] template: &str, #[case] call: &str, #[case] attributes: &str) {
    assert_eq!(shown(template, &format!("template: {{name: t, {call}}}"), ""), attributes);
}

#[rstest]
#[case("{a: 1}", "template: {name: u}", "there is no template named \"u\"; did you mean \"t\"?")]
#[case("{a: 1}", "template: {x: 1}", "name is missing")]
#[case("{a: 1}", "template: {name: }", "name is missing")]
#[case("{a: 1}", "template: t", "must be a mapping with a name")]
#[case("~", "template: {name: t}", "\"t\" is blank")]
#[case("{default: , a: 1}", "template: {name: t}", "default must be a mapping")]
#[case("{optional: , a: 1}", "template: {name: t}", "optional must be a list")]
#[case("{conditionals: {v: 1}, a: 1}", "template: {name: t}", "conditional v must be a mapping")]
#[case("{conditionals: {v: {default: 1}}, a: 1}", "template: {name: t}", "a mapping with conditions")]
#[case("{conditionals: {v: {conditions: [{a: 1}]}}, a: 1}", "template: {name: t}", "a mapping with a value")]
fn invalid_templates_are_rejected(#[case] template: &str, #[case] definition: &str, #[case] expected: &str) {
    let (_, error) = with(template, definition, "").unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
}

#[test]
fn an_attribute_that_calculates_with_text_is_dropped_with_an_error() {
    let applied = with("{a: <<y+1>>, b: 1}", "template: {name: t, y: soon}", "").unwrap();
    assert_eq!(applied.attributes.len(), 1);
    assert_eq!(
        applied.dropped[0].1.to_string(),
        "\"soon\" must be a whole number to use <<y+1>>; the attribute \"a\" is left out"
    );
}

#[test]
fn values_keep_the_position_where_they_were_written() {
    let applied = with("a: <<v>>\nb: 1\n", "template:\n  name: t\n  v: 5\n", "").unwrap();
    let lines: Vec<_> = applied.attributes.iter().map(|attribute| attribute.value.at.line).collect();
    assert_eq!(lines, [3, 2]);
    assert_eq!(applied.attributes[0].template.as_deref(), Some("t"));
}
