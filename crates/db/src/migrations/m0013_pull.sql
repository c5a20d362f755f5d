-- The plays on Trakt at the last check, and the play here that each of them corresponds to: none if it
-- existed before the user connected without importing, if it belongs to a viewing that is already a play
-- here, or if its play was deleted.
CREATE TABLE trakt_play (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('movie', 'episode')),
    trakt_id BIGINT NOT NULL,
    watched_at BIGINT NOT NULL,
    history_id BIGINT,
    play_id BIGINT REFERENCES play (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX trakt_play_history ON trakt_play (user_id, account, history_id);
CREATE INDEX trakt_play_item ON trakt_play (user_id, account, kind, trakt_id);
CREATE INDEX trakt_play_play ON trakt_play (play_id);

-- How far each category of an account has been read.
CREATE TABLE sync_cursor (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    category TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('importing', 'proving', 'skipping', 'following', 'cancelled')),
    activity {json} NOT NULL,
    checkpoint BIGINT NOT NULL CHECK (checkpoint >= 1),
    done BIGINT NOT NULL CHECK (done >= 0),
    total BIGINT,
    held BIGINT NOT NULL CHECK (held >= 0),
    requests BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    read_at BIGINT,
    next_at BIGINT NOT NULL,
    full_at BIGINT,
    PRIMARY KEY (user_id, account, category)
);
