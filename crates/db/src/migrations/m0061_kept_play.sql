-- Plays that were removed on Trakt and that the user kept here. Trakt is told of them again only by an import.
CREATE TABLE kept_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);

-- Trakt dates a play whose time is unknown to the beginning of Unix time. Here such a play has no date.
UPDATE play SET watched_at = NULL WHERE watched_at = 0 AND source = 'trakt';
