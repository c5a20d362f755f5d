-- Kometa config files that the server runs. run_at is the minute of the day in the server's time zone;
-- without it, the file is not run daily. scheduled_since is when run_at was chosen: runs that were due before
-- are not made up for.
CREATE TABLE collection_config (
    id {id},
    path TEXT NOT NULL UNIQUE CHECK (path <> ''),
    enabled BOOLEAN NOT NULL,
    run_at INTEGER CHECK (run_at BETWEEN 0 AND 1439),
    scheduled_since BIGINT NOT NULL,
    after_scan BOOLEAN NOT NULL,
    read_at BIGINT,
    credentials {json} NOT NULL,
    created_at BIGINT NOT NULL
);

-- Runs of config files. problems are texts about the run as a whole.
CREATE TABLE collection_run (
    id {id},
    config_id BIGINT NOT NULL REFERENCES collection_config (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    problems {json} NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX collection_run_config ON collection_run (config_id, id);

-- The result of each collection in a run.
CREATE TABLE collection_result (
    id {id},
    run_id BIGINT NOT NULL REFERENCES collection_run (id) ON DELETE CASCADE,
    collection_id BIGINT REFERENCES collection (id) ON DELETE SET NULL,
    library TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    failed BOOLEAN NOT NULL,
    added INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    filtered INTEGER NOT NULL,
    errors {json} NOT NULL,
    duration_ms BIGINT NOT NULL
);
CREATE INDEX collection_result_run ON collection_result (run_id);
CREATE INDEX collection_result_collection ON collection_result (collection_id);

-- Removals that await a user's decision. There is at most one per collection; a later run replaces it.
CREATE TABLE collection_plan (
    id {id},
    config_id BIGINT NOT NULL REFERENCES collection_config (id) ON DELETE CASCADE,
    library TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    deletes BOOLEAN NOT NULL,
    kept INTEGER NOT NULL,
    added INTEGER NOT NULL,
    reasons {json} NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX collection_plan_collection ON collection_plan (config_id, library, name);

-- The titles that would be removed.
CREATE TABLE collection_plan_item (
    plan_id BIGINT NOT NULL REFERENCES collection_plan (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (plan_id, title_id)
);
CREATE INDEX collection_plan_item_title ON collection_plan_item (title_id);

-- Titles on a collection's lists that its library did not contain at the last run.
CREATE TABLE collection_missing (
    collection_id BIGINT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    position BIGINT NOT NULL CHECK (position >= 0),
    entry {json} NOT NULL,
    PRIMARY KEY (collection_id, position)
);
