-- Posters and backgrounds that config.yml names, kept with their collection. source is where a picture came from; version
-- belongs to its bytes there, which are kept smaller.
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

-- A playlist is a collection over several libraries, and the only one of its name. library_id is one of them.
ALTER TABLE collection ADD COLUMN playlist BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX collection_name;
CREATE UNIQUE INDEX collection_name ON collection (library_id, folded_name) WHERE NOT playlist;
CREATE UNIQUE INDEX collection_playlist ON collection (folded_name) WHERE playlist;

-- A plan is about a list on Trakt instead of a collection here when trakt_list is its slug. entries are what would go
-- from that list; its titles need not be in the library.
ALTER TABLE collection_plan ADD COLUMN trakt_list TEXT;
ALTER TABLE collection_plan ADD COLUMN entries {json};
