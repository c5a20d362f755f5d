-- A user's current viewing of a title: it can continue in another player, and counts as one play.
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

-- Plays that were not sent to Trakt because their titles could not be identified on Trakt. They are sent once
-- they can be.
CREATE TABLE unnamed_play (
    play_id BIGINT NOT NULL PRIMARY KEY REFERENCES play (id) ON DELETE CASCADE
);
