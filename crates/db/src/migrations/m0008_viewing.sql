-- Where a person is in a title: a viewing goes on across players and counts once.
CREATE TABLE viewing (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    counted_at BIGINT,
    follows_at BIGINT,
    played_ms BIGINT NOT NULL CHECK (played_ms >= 0),
    PRIMARY KEY (user_id, title_id)
);
CREATE INDEX viewing_title ON viewing (title_id);

-- Plays that Trakt was not told of, because nothing named their titles to it. They are sent once something does.
CREATE TABLE unnamed_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);
