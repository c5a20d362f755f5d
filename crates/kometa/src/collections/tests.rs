use std::fs;

use rstest::rstest;

use super::*;
use crate::config;

/// Writes these files to a folder and loads its `config/config.yml`.
pub(super) fn loaded(files: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let text = fs::read_to_string(folder.path().join("config/config.yml")).unwrap();
    let secrets = Secrets::new([("KOMETA_FILE".to_owned(), "movies.yml".to_owned())], "");
    let read = config::read("config.yml", &text, &secrets).unwrap();
    let config = folder.path().join("config");
    load(&read, LoadOptions { folder: &config, secrets: &secrets, today: (2026, 11, 28), known_media: &[] })
}

/// Loads a library with one collection file, and `library` as further lines of the config file.
fn one_file(library: &str, file: &str) -> Loaded {
    let config = format!("libraries:\n  Movies:\n    collection_files:\n    - file: movies.yml\n{library}");
    loaded(&[("config/config.yml", &config), ("config/movies.yml", file)])
}

fn names(loaded: &Loaded) -> Vec<String> {
    let collections = loaded.libraries.iter().flat_map(|library| &library.collections);
    collections.map(|collection| collection.name.clone()).collect()
}

pub(super) fn reported(loaded: &Loaded) -> String {
    let libraries = loaded.libraries.iter().flat_map(|library| {
        library.findings.iter().chain(library.collections.iter().flat_map(|collection| &collection.findings))
    });
    loaded
        .findings
        .iter()
        .chain(libraries)
        .map(|finding| format!("{:?} {finding}\n", finding.level))
        .collect()
}

pub(super) fn value(collection: &Collection, name: &str) -> Option<String> {
    let own = collection.attributes.iter().find(|attribute| attribute.key.text == name);
    let setting = || {
        collection.settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.clone())
    };
    own.map(|attribute| attribute.value.to_yaml()).or_else(setting)
}

const A: &str = "collections:\n  A:\n    trakt_popular: 5\n";

#[rstest]
#[case::next_to_the_config("movies.yml", "config/movies.yml")]
#[case::relative_to_kometas_folder("config/movies.yml", "config/movies.yml")]
#[case::absolute_path_in_a_container("/config/movies.yml", "config/movies.yml")]
#[case::relative_to_the_parent_folder("metadata/movies.yml", "metadata/movies.yml")]
#[case::another_folder_next_to_config("x/movies.yml", "x/movies.yml")]
#[case::without_extension("config/movies", "config/movies.yml")]
#[case::other_extension("config/movies.yml", "config/movies.yaml")]
#[case::config_folder_inside_config("config/a.yml", "config/config/a.yml")]
#[case::placeholder("config/<<file>>", "config/movies.yml")]
fn paths_are_resolved_as_in_kometa(#[case] written: &str, #[case] location: &str) {
    for block in [
        format!("- {written}"),
        format!("- file: {written}"),
        format!("  file: {written}"),
        format!("  {written}"),
    ] {
        let config = format!("libraries:\n  Movies:\n    collection_files:\n    {block}\n");
        let loaded = loaded(&[("config/config.yml", &config), (location, A)]);
        assert_eq!(names(&loaded), ["A"], "{block}: {}", reported(&loaded));
    }
}

#[test]
fn folders_are_read_without_subfolders_and_yml_before_yaml() {
    let file = |name: &str| A.replace("A:", &format!("{name}:"));
    let loaded = loaded(&[
        ("config/config.yml", "libraries:\n  Movies:\n    collection_files:\n    - folder: config/more\n"),
        ("config/more/a.yaml", &file("third")),
        ("config/more/b.yml", &file("first")),
        ("config/more/c.yml", &file("second")),
        ("config/more/sub/d.yml", &file("never")),
        ("config/more/e.txt", "x"),
    ]);
    assert_eq!(names(&loaded), ["first", "second", "third"]);
}

#[rstest]
#[case(
    "- file: nothing.yml",
    "Error config.yml:4:13: libraries.Movies.collection_files.file: there is no file \"nothing.yml\""
)]
#[case("- file:", "collection_files.file: is blank")]
#[case("- folder: nothing", "there is no file \"nothing/*.yml\"")]
#[case(
    "- url: https://x/y.yml",
    "Warning config.yml:4:12: libraries.Movies.collection_files.url: url files are not fetched"
)]
#[case("- git: a/b", "git files are not fetched")]
#[case("- repo: a/b", "repo files are not fetched")]
#[case("- default: imdb", "the default file \"imdb\" is not built in")]
#[case(
    "- file: movies.yml\n      schedule: dayly",
    "Error config.yml:5:17: libraries.Movies.collection_files.schedule: \"dayly\" is not a schedule"
)]
#[case("- flie: x", "unknown key \"flie\"; did you mean \"file\"?")]
#[case("- file: movies.yml\n      template_variables: {x: 1}", "")]
#[case(
    "- file: movies.yml\n      template_variables: [x]",
    "Error config.yml:5:27: libraries.Movies.collection_files.template_variables: must be a mapping of variables, not a list"
)]
fn an_invalid_block_is_reported_and_the_others_are_read(#[case] block: &str, #[case] expected: &str) {
    let config =
        format!("libraries:\n  Movies:\n    collection_files:\n    {block}\n    - file: other.yml\n");
    let loaded = loaded(&[
        ("config/config.yml", &config),
        ("config/movies.yml", A),
        ("config/other.yml", "collections:\n  B:\n    trakt_trending: 5\n"),
    ]);
    assert!(reported(&loaded).contains(expected), "{}", reported(&loaded));
    assert!(names(&loaded).contains(&"B".to_owned()));
}

#[rstest]
#[case("", "the file is empty or not a mapping")]
#[case("templates: {}\n", "neither collections nor dynamic_collections")]
#[case("metadata: {}\n", "neither collections nor dynamic_collections")]
#[case("collections: [a]\n", "collections: must be a mapping of definitions, not a list")]
#[case("collections:\n  A: 5\n", "A: must be a mapping, not a number")]
#[case("colections: {}\n", "unknown key \"colections\"; did you mean \"collections\"?")]
#[case("collections:\n  A:\n  a: {}\n\tb: 1\n", "tabs are not allowed")]
#[case("dynamic_collections: {a: {type: trakt_user_lists}}\n", "dynamic_collections.a: data: is missing")]
fn invalid_files_are_reported(#[case] file: &str, #[case] expected: &str) {
    let loaded = one_file("", file);
    assert!(reported(&loaded).contains(expected), "{}", reported(&loaded));
}

#[rstest]
#[case("librarys: {}\n", "did you mean \"libraries\"?")]
#[case("libraries:\n", "libraries: is blank")]
#[case("libraries: [a]\n", "libraries: must be a mapping of libraries, not a list")]
#[case(
    "libraries: {Movies: {collections: {}}}\n",
    "libraries.Movies.collections: definitions belong in separate files"
)]
#[case(
    "libraries: {Movies: {trakt: {client_id: x}}}\n",
    "libraries.Movies.trakt: is read at the root of config.yml only"
)]
#[case(
    "libraries: {Movies: {template_variables: x}}\n",
    "template_variables: must be a mapping of variables, not text"
)]
#[case(
    "libraries: {Movies: {collection_file: x}}\n",
    "unknown key \"collection_file\"; did you mean \"collection_files\"?"
)]
#[case(
    "libraries: {Movies: {overlay_files: x, operations: {}}}\n",
    "Note libraries.Movies: not used by Kinometa: overlay_files, operations"
)]
#[case(
    "libraries: {Movies: {metadata_path: config/x.yml}}\n",
    "Warning config.yml:1:37: libraries.Movies.metadata_path: runs as collection_files"
)]
#[case(
    "settings: {sync_mode: mirror}\nlibraries: {}\n",
    "settings.sync_mode (the default is used): \"mirror\" is not one of: append, sync"
)]
#[case("settings: {save_report: maybe}\nlibraries: {}\n", "must be true or false")]
#[case(
    "settings: {sync_mod: sync}\nlibraries: {}\n",
    "Note config.yml:1:12: settings: unknown key \"sync_mod\"; did you mean \"sync_mode\"?"
)]
fn invalid_configs_are_reported(#[case] config: &str, #[case] expected: &str) {
    let loaded = loaded(&[("config/config.yml", config)]);
    assert!(reported(&loaded).contains(expected), "{}", reported(&loaded));
}

#[test]
fn library_name_sets_the_real_name_and_names_determine_the_media_type() {
    let loaded = loaded(&[(
        "config/config.yml",
        "libraries:\n  Movies:\n  4K: {library_name: Movies 4K}\n  TV Shows:\n  Anime:\n  Anime Movies:\n  1980:\n",
    )]);
    let read: Vec<_> =
        loaded.libraries.iter().map(|library| (library.name.as_str(), library.media)).collect();
    let (movies, shows) = (Media::Movies, Media::Shows);
    assert_eq!(
        read,
        [
            ("Movies", movies),
            ("Movies 4K", movies),
            ("TV Shows", shows),
            ("Anime", shows),
            ("Anime Movies", movies),
            ("1980", movies)
        ]
    );
}

#[test]
fn a_second_collection_with_the_same_name_is_skipped() {
    let config = "libraries:\n  Movies:\n    collection_files: [a.yml, b.yml]\n";
    let loaded = loaded(&[("config/config.yml", config), ("config/a.yml", A), ("config/b.yml", A)]);
    assert_eq!(names(&loaded), ["A"]);
    assert!(
        reported(&loaded).contains("the collection \"A\" is already defined at"),
        "{}",
        reported(&loaded)
    );
}

#[test]
fn settings_of_the_library_precede_those_of_the_root_and_kometas_defaults() {
    let library = "    settings: {minimum_items: 3}\nsettings: {sync_mode: sync, minimum_items: 2, ignore_ids: [1], default_collection_order: release}\n";
    let loaded = one_file(
        library,
        "collections:\n  A: {trakt_popular: 5}\n  B: {trakt_popular: 5, sync_mode: append, collection_minimum: 9}\n",
    );
    let [a, b] = loaded.libraries[0].collections.as_slice() else { panic!("{}", reported(&loaded)) };
    let of = |collection, name| value(collection, name).unwrap();
    assert_eq!(
        (of(a, "sync_mode"), of(a, "minimum_items"), of(a, "show_missing")),
        ("sync".into(), "3".into(), "true".into())
    );
    assert_eq!((of(a, "collection_order"), of(a, "ignore_ids")), ("release".into(), "[1]".into()));
    assert_eq!((of(b, "sync_mode"), of(b, "collection_minimum")), ("append".into(), "9".into()));
    assert!(!b.settings.iter().any(|setting| setting.name == "minimum_items"));
}

#[test]
fn block_variables_precede_library_variables_and_placeholders_are_not_replaced() {
    let config = "libraries:\n  Movies:\n    template_variables: {a: library, b: library, c: <<file>>}\n    collection_files:\n    - file: movies.yml\n      template_variables: {a: block}\n";
    let file = "templates:\n  t: {summary: <<a>> <<b>> <<c>>, trakt_popular: 5}\ncollections:\n  A: {template: {name: t, a: call}}\n";
    let loaded = loaded(&[("config/config.yml", config), ("config/movies.yml", file)]);
    assert_eq!(value(&loaded.libraries[0].collections[0], "summary").unwrap(), "\"block library <<file>>\"");
}

#[test]
fn external_templates_do_not_replace_the_files_own() {
    let file = "external_templates:\n- file: config/t.yml\n  template_variables: {v: ours, w: ours}\ntemplates:\n  own: {summary: own, trakt_popular: 1}\ncollections:\n  A: {template: {name: own}}\n  B: {template: {name: other, v: call}}\n";
    let config = "libraries:\n  Movies:\n    collection_files: movies.yml\n";
    let templates = "templates:\n  own: {summary: theirs, trakt_popular: 1}\n  other: {default: {w: d}, summary: <<v>> <<w>>, trakt_popular: 1}\n";
    let loaded =
        loaded(&[("config/config.yml", config), ("config/movies.yml", file), ("config/t.yml", templates)]);
    let summaries: Vec<_> =
        loaded.libraries[0].collections.iter().map(|one| value(one, "summary").unwrap()).collect();
    assert_eq!(summaries, ["own", "call ours"], "{}", reported(&loaded));
}

#[test]
fn values_keep_their_position_across_files() {
    let config = "libraries:\n  Movies:\n    collection_files:\n    - file: movies.yml\n      template_variables:\n        n: 7\n";
    let file = "templates:\n  t:\n    trakt_popular: <<n>>\ncollections:\n  A:\n    template: {name: t}\n";
    let loaded = loaded(&[("config/config.yml", config), ("config/movies.yml", file)]);
    let attribute = &loaded.libraries[0].collections[0].attributes[0];
    assert_eq!(
        (attribute.value.at.to_string().as_str(), attribute.template.as_deref()),
        ("config.yml:6:12", Some("t"))
    );
}

#[test]
fn some_placeholders_are_replaced_outside_templates() {
    let file = "collections:\n  A:\n    name: Best <<limit>> <<library_type>>s of <<key_name>> <<x>>\n    key_name: 1999\n    limit: 5\n    summary: From <<key_name>>, <<title>>\n    sort_title: '!<<title>>'\n    trakt_popular: 5\n";
    let loaded = one_file("", file);
    let collection = &loaded.libraries[0].collections[0];
    assert_eq!(collection.name, "Best 5 movies of 1999 <<x>>");
    assert_eq!(value(collection, "summary").unwrap(), "\"From 1999, <<title>>\"");
    assert_eq!(value(collection, "sort_title").unwrap(), "\"!Best 5 movies of 1999 <<x>>\"");
}

#[test]
fn schedules_of_the_library_and_file_block_apply_to_collections() {
    let config = "libraries:\n  Movies:\n    schedule: daily\n    report_path: /r.yml\n    library_name: Films\n    collection_files:\n    - file: movies.yml\n      schedule: weekly(mon)\n";
    let loaded = loaded(&[("config/config.yml", config), ("config/movies.yml", A)]);
    let library = &loaded.libraries[0];
    assert_eq!((library.mapping_name.as_str(), library.report_path.as_deref()), ("Movies", Some("/r.yml")));
    let outer: Vec<_> = library.collections[0].outer.iter().map(ToString::to_string).collect();
    assert_eq!(outer, ["in every run", "on Monday"]);
}

#[rstest]
#[case::in_the_library("    schedule: wekly(monday)\n", "")]
#[case::in_the_file_block("", "      schedule: weekly(mon,sun)\n")]
fn an_invalid_schedule_of_a_library_or_block_fails_its_collections(
    #[case] library: &str,
    #[case] block: &str,
) {
    let config =
        format!("libraries:\n  Movies:\n{library}    collection_files:\n    - file: movies.yml\n{block}");
    let file = "collections:\n  A:\n    trakt_popular: 5\n    validate_builders: false\n    delete_not_scheduled: true\n";
    let loaded = loaded(&[("config/config.yml", &config), ("config/movies.yml", file)]);
    let collection = &loaded.libraries[0].collections[0];
    assert!(collection.fails() && collection.outer.is_empty(), "{}", reported(&loaded));
}

#[test]
fn two_collections_may_share_a_title_if_they_are_for_different_media_types() {
    let file = "collections:\n  M: {name: Best, run_definition: movie, trakt_popular: 1}\n  S: {name: Best, allowed_library_types: show, trakt_popular: 2}\n  T: {name: best, trakt_popular: 3}\n";
    let loaded = one_file("", file);
    assert_eq!(names(&loaded), ["Best", "Best"]);
    assert!(
        reported(&loaded).contains("the collection \"best\" is already defined at"),
        "{}",
        reported(&loaded)
    );
    let of = |index: usize| loaded.libraries[0].collections[index].is_for(Media::Movies);
    assert!(of(0) && !of(1));
}

#[rstest]
#[case("trakt: {client_id: a}", "{trakt_watchlist: me}", 1)]
#[case("trakt: {client_id: a}", "{trakt_watchlist: anna}", 0)]
#[case("trakt: {client_id: a}", "{trakt_recommendations: 10}", 1)]
#[case("trakt: {client_id: a, authorization: {access_token: x}}", "{trakt_watchlist: me}", 0)]
fn definitions_that_need_an_account_are_counted(
    #[case] trakt: &str,
    #[case] definition: &str,
    #[case] count: usize,
) {
    let config = format!("{trakt}\nlibraries:\n  Movies: {{collection_files: movies.yml}}\n");
    let file = format!("collections:\n  A: {definition}\n");
    let reported = reported(&loaded(&[("config/config.yml", &config), ("config/movies.yml", &file)]));
    let expected = format!("but {count} of the definitions use the account's own lists");
    assert_eq!(reported.contains(&expected), count > 0, "{reported}");
}
