//! One sentence for each name, which editors show beside it.

use serde_json::Value;

const SENTENCES: [(&str, &str); 96] = [
    ("access_token", "Filled in by `kinometa trakt auth`."),
    ("addons", "Keys, and the keys that are merged into each."),
    ("append_label", "Labels that are added to those of the collection."),
    ("asset_directory", "Kometa's own; not used by Kinometa."),
    ("authorization", "The token pair. `kinometa trakt auth` fills it in and keeps it valid."),
    ("blank_collection", "The collection is made without titles."),
    ("build_collection", "Whether the collection is made, or only its missing titles are listed."),
    ("builder_level", "What the collection holds: movie, show, season or episode."),
    ("cache_builders", "For how many days the titles of a builder are reused."),
    ("certifications", "Certifications of the USA, as Trakt writes them."),
    ("client_id", "The Client ID of the Trakt application."),
    ("client_secret", "The Client Secret of the Trakt application; newer applications have none."),
    ("collection_files", "The files that define the library's collections."),
    ("collection_order", "In which order the titles are shown; custom is the builders' own order."),
    ("conditionals", "Variables whose values depend on others."),
    ("content_rating", "The collection's content rating."),
    ("countries", "Two-letter codes of countries."),
    ("created_at", "When the pair was made, in seconds since 1970."),
    ("custom_keys", "Whether addons may make collections of their own."),
    ("data", "Members of Trakt, or the addresses of lists."),
    ("default", "A file of Kometa's own; `trakt` is built in. In a template: values of variables."),
    ("delete_below_minimum", "Whether a collection with fewer titles than minimum_items is deleted."),
    ("delete_collections_named", "Collections of these names are deleted first."),
    ("delete_not_scheduled", "Whether the collection is deleted while it is not scheduled."),
    ("delete_playlist", "Deletes the playlist."),
    ("exclude", "Keys or titles that get no collection."),
    ("exclude_users", "Kometa's own; playlists are seen by everybody here."),
    ("expires_in", "The life of the access token in seconds."),
    ("file", "A file, relative to the parent of the folder of config.yml, then to that folder."),
    ("file_background", "A background image on disk."),
    ("file_poster", "A poster on disk."),
    ("filters", "Which of the titles that the builders give may stay."),
    ("folder", "All .yml and .yaml files of a folder."),
    ("force_refresh", "true renews the pair in every run."),
    ("genres", "Trakt's slugs of genres."),
    ("git", "Not fetched by Kinometa."),
    ("ignore_blank_results", "Builders that give nothing are no error."),
    ("ignore_ids", "TMDb or TVDb ids that are neither added nor missing."),
    ("ignore_imdb_ids", "IMDb ids that are neither added nor missing."),
    ("include", "Only these keys get a collection."),
    ("item_refresh_delay", "Kometa's own; not used by Kinometa."),
    ("key_name_override", "Other names for keys."),
    ("label", "Labels of the collection."),
    ("label.remove", "Labels that are removed."),
    ("label.sync", "Exactly these labels."),
    ("languages", "Two-letter codes of languages."),
    ("libraries", "The libraries by name. In a playlist: the libraries that it takes titles from."),
    ("library_name", "The library's real name, when the mapping is called otherwise."),
    ("limit", "The most titles that the collection holds."),
    ("metadata_path", "The old name of collection_files."),
    ("minimum_items", "With fewer titles nothing is added."),
    ("missing_only_released", "Missing titles that are not out yet are left out."),
    ("move_prefix", "Articles that are sorted behind the title."),
    ("name", "The collection's title."),
    ("only_filter_missing", "Filters are held against missing titles only."),
    ("only_run_on_create", "The collection is left alone once it exists."),
    ("optional", "Variables whose attributes are dropped when they are not given."),
    ("other_name", "The title of the collection of all keys that include leaves over."),
    ("other_template", "The templates of that collection."),
    ("pin", "A PIN from Trakt. It is exchanged in the next run, and emptied."),
    ("playlist_files", "The files that define playlists."),
    ("refresh_token", "Filled in by `kinometa trakt auth`. It can be used once."),
    ("remove_prefix", "Beginnings that are taken off the keys' names."),
    ("remove_suffix", "Ends that are taken off the keys' names."),
    ("report_path", "Where the library's report is written."),
    ("run_again", "Missing titles that have arrived are added after the run."),
    ("run_definition", "Whether, or for which kind of library, the collection runs."),
    ("save_report", "Whether the collection is in the report."),
    ("schedule", "When it runs: daily, weekly(monday), monthly(1), range(12/01-12/31), never …"),
    ("show_missing", "Whether missing titles are listed."),
    ("sort_title", "The title under which the collection is sorted; <<title>> is its title."),
    ("status", "returning, production, planned, canceled or ended; for shows only."),
    ("summary", "What the collection says about itself."),
    ("sync", "Whether collections of this definition are removed when they are no longer made."),
    ("sync_missing_to_trakt_list", "Whether missing titles are put on the list, too."),
    ("sync_mode", "append only adds; sync also removes what no builder gave."),
    ("sync_to_trakt_list", "The slug of an own list on Trakt that is made the same."),
    ("template", "Which templates are used, with their variables."),
    ("template_variables", "Values of variables in templates."),
    ("title_format", "How titles are made of <<key_name>>."),
    ("title_override", "Titles by key."),
    ("trakt_boxoffice", "The ten movies with the highest takings of last weekend."),
    ("trakt_chart", "A chart of Trakt with filters."),
    ("trakt_collection", "What members have collected."),
    ("trakt_list", "Addresses of lists on Trakt."),
    ("trakt_list_details", "Addresses of lists; the first one's description becomes the summary."),
    ("trakt_recommendations", "What Trakt recommends to the account, 1 to 100 titles."),
    ("trakt_userlist", "What a member has marked: favorites, watched, collection or watchlist."),
    ("trakt_watchlist", "Watchlists of members; me is the account's own."),
    ("url", "Not fetched by Kinometa."),
    ("url_background", "The address of a background image."),
    ("url_poster", "The address of a poster."),
    ("validate_builders", "false goes on with the attributes that are right."),
    ("variables", "Values of variables in this collection's templates."),
    ("visible_home", "Whether, or when, the collection is on Home."),
    ("visible_library", "Whether, or when, the collection is on the library's page."),
];

/// The shape with its sentence. A reference takes no other key, so it is wrapped.
pub(super) fn described(name: &str, shape: Value) -> Value {
    let Ok(at) = SENTENCES.binary_search_by_key(&name, |(known, _)| known) else { return shape };
    let mut shape = if shape.get("$ref").is_some() { serde_json::json!({"allOf": [shape]}) } else { shape };
    shape["description"] = SENTENCES[at].1.into();
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_are_in_order() {
        assert!(SENTENCES.is_sorted_by_key(|(name, _)| name));
    }
}
