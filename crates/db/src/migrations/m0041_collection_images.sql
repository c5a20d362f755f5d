-- Posters and backgrounds named in config.yml, stored with their collection. source is where the image came
-- from; version identifies the original bytes, which are stored at a smaller size.
CREATE TABLE collection_image (
    collection_id BIGINT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    version TEXT NOT NULL,
    color TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes {blob} NOT NULL,
    PRIMARY KEY (collection_id, kind)
);

-- A playlist is a collection that spans several libraries; its name is unique among playlists. library_id is
-- one of the libraries.
ALTER TABLE collection ADD COLUMN playlist BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX collection_name;
CREATE UNIQUE INDEX collection_name ON collection (library_id, folded_name) WHERE NOT playlist;
CREATE UNIQUE INDEX collection_playlist ON collection (folded_name) WHERE playlist;

-- If trakt_list is set, the plan concerns the list on Trakt with this slug instead of a collection here.
-- entries are the entries that would be removed from that list; their titles need not be in the library.
ALTER TABLE collection_plan ADD COLUMN trakt_list TEXT;
ALTER TABLE collection_plan ADD COLUMN entries {json};
