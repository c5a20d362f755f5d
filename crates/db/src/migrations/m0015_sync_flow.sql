-- What a person keeps from flowing between here and Trakt. No row: on.
CREATE TABLE sync_switch (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    switch TEXT NOT NULL,
    PRIMARY KEY (user_id, switch)
);

-- How a person's watching is told to Trakt. `watched_percent`: from where a viewing counts; none: Trakt's own mark.
-- `catch_up_after`: the withheld plays beyond this one are to be looked at, because a switch or an exclusion has changed.
CREATE TABLE sync_setting (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    watched_percent INTEGER CHECK (watched_percent BETWEEN 81 AND 99),
    catch_up_after BIGINT
);

-- What never leaves the server for a person's account.
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

-- Plays that Trakt was not told of, because a switch was off or their titles are excluded.
CREATE TABLE withheld_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);
