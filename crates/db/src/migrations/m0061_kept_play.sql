-- Plays that were removed on Trakt and that the user kept here. Only an import sends them to Trakt again.
CREATE TABLE kept_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);

-- Trakt dates a play with an unknown time to 1 January 1970. Here, such a play has no date.
UPDATE play SET watched_at = NULL WHERE watched_at = 0 AND source = 'trakt';
