-- Sync switches that a user has turned off. Without a row, the switch is on.
CREATE TABLE sync_switch (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    switch TEXT NOT NULL,
    PRIMARY KEY (user_id, switch)
);

-- How a user's viewings are sent to Trakt. `watched_percent`: the percentage from which a viewing counts;
-- NULL for Trakt's threshold. `catch_up_after`: withheld plays after this one have to be checked again,
-- because a switch or an exclusion has changed.
CREATE TABLE sync_setting (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    watched_percent INTEGER CHECK (watched_percent BETWEEN 81 AND 99),
    catch_up_after BIGINT
);

-- Libraries and titles that are never sent to a user's account on Trakt.
CREATE TABLE sync_excluded_library (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, library_id)
);
CREATE INDEX sync_excluded_library_library ON sync_excluded_library (library_id);
CREATE TABLE sync_excluded_title (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, title_id)
);
CREATE INDEX sync_excluded_title_title ON sync_excluded_title (title_id);

-- Plays that were not sent to Trakt because a switch was off or their titles are excluded.
CREATE TABLE withheld_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);

-- Changes made by syncing, on either side. `run_at`: when the read that caused the change started. An import
-- is a single row for everything it added, without a title.
CREATE TABLE sync_change (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    category TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('from_trakt', 'to_trakt')),
    what TEXT NOT NULL CHECK (what IN ('added', 'changed', 'removed')),
    reason TEXT NOT NULL CHECK (reason IN ('import', 'sweep', 'here')),
    title_id BIGINT REFERENCES title (id),
    amount BIGINT NOT NULL CHECK (amount >= 1),
    before {json},
    after {json},
    run_at BIGINT,
    changed_at BIGINT NOT NULL,
    undone_at BIGINT
);
CREATE INDEX sync_change_user ON sync_change (user_id, id);
CREATE INDEX sync_change_title ON sync_change (title_id);

-- Removals that await the user's confirmation because there are implausibly many.
CREATE TABLE sync_plan (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    category TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('from_trakt', 'to_trakt')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'confirmed', 'applied', 'kept')),
    total BIGINT NOT NULL CHECK (total >= 0),
    made_at BIGINT NOT NULL,
    decided_at BIGINT
);
CREATE INDEX sync_plan_user ON sync_plan (user_id, state);
CREATE TABLE sync_plan_item (
    id {id},
    plan_id BIGINT NOT NULL REFERENCES sync_plan (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    item {json} NOT NULL
);
CREATE INDEX sync_plan_item_plan ON sync_plan_item (plan_id, id);
CREATE INDEX sync_plan_item_title ON sync_plan_item (title_id);

-- The collection on Trakt as sent from here: which titles, the IDs sent for them, and their quality.
-- `refused`: why Trakt rejected the title.
CREATE TABLE trakt_collection_item (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    sent {json} NOT NULL,
    refused TEXT,
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX trakt_collection_item_title ON trakt_collection_item (title_id);
