//! Descriptions of attributes, shown by editors.

use serde_json::Value;

const DESCRIPTIONS: [(&str, &str); 110] = [
    ("access_token", "Filled in by `kinometa trakt auth`."),
    ("addons", "Keys, and other keys that are merged into each."),
    ("adopt", "Only in Kinometa: takes over a manually created Plex collection of this name."),
    ("append_label", "Labels to add to the collection's existing labels."),
    ("asset_directory", "Only used by Kometa."),
    ("authorization", "The token pair. `kinometa trakt auth` fills it in and keeps it valid."),
    ("blank_collection", "Whether to create the collection without titles."),
    ("build_collection", "Whether to build the collection or only list its missing titles."),
    ("builder_level", "What the collection contains: movie, show, season or episode."),
    ("cache_builders", "For how many days to reuse the titles of a builder."),
    ("certifications", "US certifications, as written on Trakt."),
    ("client_id", "The Client ID of the Trakt application."),
    ("client_secret", "The Client Secret of the Trakt application; newer applications have none."),
    ("collection_files", "The files that define the library's collections."),
    (
        "collection_mode",
        "How Plex shows the collection and its members: default, hide, hide_items or show_items.",
    ),
    ("collection_order", "The order of the titles; custom is the builders' own order."),
    ("conditionals", "Variables whose values depend on others."),
    ("content_rating", "The collection's content rating."),
    ("countries", "Two-letter country codes."),
    ("created_at", "When the token pair was created, in seconds since 1970."),
    ("custom_keys", "Whether addons can have their own collections."),
    ("data", "Trakt users, or addresses of lists."),
    (
        "default",
        "One of Kometa's default files; `trakt` is built in. In a template: default values of variables.",
    ),
    ("default_percent", "The percentage of a show's episodes that must match a file filter."),
    ("delete_below_minimum", "Whether to delete a collection with fewer titles than minimum_items."),
    ("delete_collections_named", "Names of collections to delete first."),
    ("delete_not_scheduled", "Whether to delete the collection while it is not scheduled."),
    ("delete_playlist", "Deletes the playlist."),
    ("exclude", "Keys or titles that do not get a collection."),
    ("exclude_users", "Only used by Kometa; in Kinometa, everyone can see playlists."),
    ("expires_in", "The lifetime of the access token in seconds."),
    ("file", "A file, relative to the parent of the folder of config.yml, then to that folder."),
    ("file_background", "A background image on disk."),
    ("file_poster", "A poster on disk."),
    ("filters", "Conditions for titles from the builders to be included."),
    ("folder", "All .yml and .yaml files in a folder."),
    ("force_refresh", "true renews the token pair in every run."),
    ("genres", "Trakt genre slugs."),
    ("git", "Not fetched by Kinometa."),
    ("hub_priority", "The position of the collection among Plex's recommended rows, starting at 1."),
    ("ignore_blank_results", "Whether to accept builders that return nothing."),
    ("ignore_ids", "TMDb or TVDb IDs to ignore: neither added nor reported as missing."),
    ("ignore_imdb_ids", "IMDb IDs to ignore: neither added nor reported as missing."),
    ("include", "The only keys that get a collection."),
    ("item_label", "Labels to add to the titles on Plex."),
    ("item_label.remove", "Labels to remove from the titles on Plex."),
    ("item_label.sync", "The exact labels of the titles on Plex."),
    ("item_refresh_delay", "Only used by Kometa."),
    ("key_name_override", "Other names for keys."),
    ("kometa_label", "Only in Kinometa: also adds the label Kometa to collections on Plex."),
    ("label", "Labels of the collection."),
    ("label.remove", "Labels to remove."),
    ("label.sync", "The exact labels of the collection."),
    ("languages", "Two-letter language codes."),
    ("libraries", "The libraries by name. In a playlist: the libraries whose titles it uses."),
    ("library_name", "The library's real name, if it differs from the name of the mapping."),
    ("limit", "The maximum number of titles in the collection."),
    ("metadata_path", "The old name of collection_files."),
    ("minimum_items", "With fewer titles than this, nothing is added."),
    ("missing_only_released", "Whether to leave out missing titles that have not been released."),
    ("move_prefix", "Articles to move to the end of the title for sorting."),
    ("name", "The collection's title."),
    ("only_filter_missing", "Whether to apply filters only to missing titles."),
    ("only_run_on_create", "Whether to leave the collection unchanged once it exists."),
    ("optional", "Variables whose attributes are omitted if they have no value."),
    ("other_name", "The title of the collection for all keys not in include."),
    ("other_template", "The templates of the collection named by other_name."),
    ("pin", "A PIN from Trakt. The next run uses it and then clears it."),
    ("playlist_files", "The files that define playlists."),
    ("plex", "The Plex server on which to create collections."),
    ("refresh_token", "Filled in by `kinometa trakt auth`. It can be used only once."),
    ("remove_prefix", "Prefixes to remove from the names of keys."),
    ("remove_suffix", "Suffixes to remove from the names of keys."),
    ("report_path", "The path of the library's report."),
    ("run_again", "Whether to add missing titles after the run if they have arrived."),
    ("run_definition", "Whether to run the collection, or for which kind of library."),
    ("save_report", "Whether to include the collection in the report."),
    ("schedule", "When it runs: daily, weekly(monday), monthly(1), range(12/01-12/31), never …"),
    ("show_missing", "Whether to list missing titles."),
    (
        "smart_label",
        "Adds the collection's name to its titles as a label, and creates a smart collection for that label on Plex.",
    ),
    ("sort_title", "The title by which the collection is sorted; <<title>> stands for its title."),
    ("status", "returning, production, planned, canceled or ended; for shows only."),
    ("summary", "The description of the collection."),
    ("sync", "Whether to delete collections that this definition no longer generates."),
    ("sync_missing_to_trakt_list", "Whether to also add missing titles to the list."),
    ("sync_mode", "append only adds titles; sync also removes titles that no builder returned."),
    ("sync_to_trakt_list", "The slug of your own Trakt list to keep in sync with the collection."),
    ("template", "The templates to use, with their variables."),
    ("template_variables", "Values of variables in templates."),
    ("timeout", "The timeout of a request to Plex in seconds."),
    ("title_format", "The format of titles, with <<key_name>>."),
    ("title_override", "Titles for individual keys."),
    ("token", "The X-Plex-Token of the server's owner."),
    ("trakt_boxoffice", "The ten movies with the highest box office of last weekend."),
    ("trakt_chart", "A Trakt chart with filters."),
    ("trakt_collection", "The collections of users."),
    ("trakt_list", "Addresses of lists on Trakt."),
    ("trakt_list_details", "Addresses of lists on Trakt; the first one's description becomes the summary."),
    ("trakt_recommendations", "Trakt's recommendations for the account, 1 to 100 titles."),
    ("trakt_userlist", "A user's favorites, watched titles, collection or watchlist."),
    ("trakt_watchlist", "Watchlists of users; me is the account's own."),
    ("url", "Not fetched by Kinometa."),
    ("url_background", "The address of a background image."),
    ("url_poster", "The address of a poster."),
    ("validate_builders", "false skips invalid attributes and uses the valid ones."),
    ("variables", "Values of variables in this collection's templates."),
    ("verify_ssl", "Whether to verify certificates."),
    ("visible_home", "Whether, or when, to show the collection on Home."),
    ("visible_library", "Whether, or when, to show the collection on the library's page."),
    ("visible_shared", "Whether, or when, to show the collection on the Home of friends."),
];

/// Adds the description of an attribute to its schema. A `$ref` must not have other keys next to it, so it is
/// wrapped.
pub(super) fn described(name: &str, shape: Value) -> Value {
    let Ok(at) = DESCRIPTIONS.binary_search_by_key(&name, |(known, _)| known) else { return shape };
    let mut shape = if shape.get("$ref").is_some() { serde_json::json!({"allOf": [shape]}) } else { shape };
    shape["description"] = DESCRIPTIONS[at].1.into();
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_sorted_by_name() {
        assert!(DESCRIPTIONS.is_sorted_by_key(|(name, _)| name));
    }
}
