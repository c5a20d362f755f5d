-- The resume points on Trakt as they were last seen. `is_here`: it was a resume point here as well, so that one that is
-- gone here is to go there.
CREATE TABLE trakt_playback (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    playback_id BIGINT NOT NULL,
    paused_at BIGINT NOT NULL,
    is_here BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX trakt_playback_title ON trakt_playback (title_id);

-- What Trakt recommends, in its order.
CREATE TABLE recommendation (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX recommendation_title ON recommendation (title_id);

-- When the recommendations were read. No row: they are to be read, because they never were or the person has rated
-- something since.
CREATE TABLE recommendation_read (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    read_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, account)
);

-- Shows that a person watches again: only what was watched since counts for what comes next.
CREATE TABLE show_reset (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    reset_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX show_reset_title ON show_reset (title_id);

-- A player of somebody who watches together with the person at the player that is named: it follows that one.
ALTER TABLE playback_session ADD COLUMN companion_of TEXT REFERENCES playback_session (id) ON DELETE CASCADE;
CREATE INDEX playback_session_companion ON playback_session (companion_of);

-- Who lets the others in the house say that they watch together.
CREATE TABLE companion_consent (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE
);
