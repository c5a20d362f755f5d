-- Collections of a library, created by Kometa's definitions or by users. folded_name is the name in
-- lowercase: names that differ only in case are the same collection.
CREATE TABLE collection (
    id {id},
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    folded_name TEXT NOT NULL,
    summary TEXT,
    sort_title TEXT,
    labels {json} NOT NULL,
    visible_home BOOLEAN,
    visible_library BOOLEAN,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX collection_name ON collection (library_id, folded_name);

-- Members of collections, in order.
CREATE TABLE collection_item (
    collection_id BIGINT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (collection_id, title_id)
);
CREATE INDEX collection_item_title ON collection_item (title_id);

-- The latest responses of Trakt's lists and charts, for Kometa's cache_builders.
CREATE TABLE collection_source (
    source TEXT NOT NULL PRIMARY KEY,
    answer {json} NOT NULL,
    asked_at BIGINT NOT NULL
);

-- Names of libraries in other programs.
CREATE TABLE library_name (
    name TEXT NOT NULL PRIMARY KEY,
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE
);
CREATE INDEX library_name_library ON library_name (library_id);
