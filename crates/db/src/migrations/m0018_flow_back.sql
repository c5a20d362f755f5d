-- The resume points on Trakt at the last check. `is_here`: it was also a resume point here, so if it no
-- longer exists here, it has to be removed on Trakt.
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

-- Titles recommended by Trakt, in Trakt's order.
CREATE TABLE recommendation (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX recommendation_title ON recommendation (title_id);

-- When the recommendations were read. Without a row, they have to be read: they never were, or the user has
-- rated a title since.
CREATE TABLE recommendation_read (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    read_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, account)
);

-- Shows that a user is rewatching: only plays since the reset count when the next episode is determined.
CREATE TABLE show_reset (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    title_id BIGINT NOT NULL REFERENCES title (id),
    reset_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, account, title_id)
);
CREATE INDEX show_reset_title ON show_reset (title_id);

-- The player that this one follows, because the users of both are watching together.
ALTER TABLE playback_session ADD COLUMN companion_of TEXT REFERENCES playback_session (id) ON DELETE CASCADE;
CREATE INDEX playback_session_companion ON playback_session (companion_of);

-- Users who let other users mark them as watching together.
CREATE TABLE companion_consent (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE
);
