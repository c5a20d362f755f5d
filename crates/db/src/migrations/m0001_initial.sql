-- The first schema, for both SQLite and PostgreSQL. {id}, {json}, {blob} and {float} are replaced by each
-- database's own types. Times are Unix milliseconds in UTC, and their names end in _at. Sets of values that
-- will grow (outbox.kind, play.source) have no CHECK, because SQLite can only change one by rebuilding the
-- table. States are fixed sets, so they have one.

CREATE TABLE "user" (
    id {id},
    username TEXT NOT NULL CHECK (username <> ''),
    username_key TEXT NOT NULL CHECK (username_key <> ''),
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    is_admin BOOLEAN NOT NULL,
    preferences {json} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX user_username ON "user" (username_key);

CREATE TABLE session (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL,
    user_agent TEXT,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX session_token_hash ON session (token_hash);
CREATE INDEX session_of_user ON session (user_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE api_token (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    prefix TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);
CREATE INDEX api_token_user ON api_token (user_id);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value {json} NOT NULL
);

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE library (
    id {id},
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('movies', 'shows')),
    path TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ok', 'unavailable', 'scanning')),
    message TEXT,
    created_at BIGINT NOT NULL,
    last_scanned_at BIGINT
);
CREATE UNIQUE INDEX library_path ON library (path);

CREATE TABLE title (
    id {id},
    kind TEXT NOT NULL CHECK (kind IN ('movie', 'show', 'season', 'episode')),
    parent_id BIGINT REFERENCES title (id) ON DELETE CASCADE,
    show_id BIGINT REFERENCES title (id) ON DELETE CASCADE,
    season_number INTEGER CHECK (season_number >= 0),
    episode_number INTEGER CHECK (episode_number >= 0),
    episode_absolute INTEGER,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    original_name TEXT,
    year INTEGER,
    overview TEXT,
    tagline TEXT,
    runtime_minutes INTEGER,
    released_at BIGINT,
    certification TEXT,
    genres {json} NOT NULL,
    rating {float} CHECK (rating BETWEEN 0 AND 10),
    votes BIGINT,
    country TEXT,
    language TEXT,
    network TEXT,
    status TEXT,
    trailer TEXT,
    trakt_id BIGINT,
    slug TEXT,
    imdb_id TEXT,
    tmdb_id BIGINT,
    tvdb_id BIGINT,
    source TEXT NOT NULL CHECK (source IN ('names', 'nfo', 'trakt')),
    images {json} NOT NULL,
    trakt_updated_at BIGINT,
    refreshed_at BIGINT,
    added_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK (
        (kind IN ('movie', 'show')
            AND parent_id IS NULL AND show_id IS NULL AND season_number IS NULL AND episode_number IS NULL)
        OR (kind = 'season'
            AND parent_id IS NOT NULL AND show_id IS NOT NULL AND season_number IS NOT NULL AND episode_number IS NULL)
        OR (kind = 'episode'
            AND parent_id IS NOT NULL AND show_id IS NOT NULL AND season_number IS NOT NULL AND episode_number IS NOT NULL)
    )
);
CREATE UNIQUE INDEX title_trakt ON title (kind, trakt_id);
CREATE UNIQUE INDEX title_season ON title (show_id, season_number) WHERE kind = 'season';
CREATE UNIQUE INDEX title_episode ON title (show_id, season_number, episode_number) WHERE kind = 'episode';
CREATE INDEX title_parent ON title (parent_id);
CREATE INDEX title_show ON title (show_id, season_number, episode_number);
CREATE INDEX title_kind_name ON title (kind, sort_name, id);
CREATE INDEX title_kind_added ON title (kind, added_at, id);
CREATE INDEX title_kind_year ON title (kind, year, id);
CREATE INDEX title_kind_rating ON title (kind, rating, id);
CREATE INDEX title_kind_runtime ON title (kind, runtime_minutes, id);
CREATE INDEX title_imdb ON title (imdb_id);
CREATE INDEX title_tmdb ON title (tmdb_id);
CREATE INDEX title_tvdb ON title (tvdb_id);

-- A user's decision about a folder or name must survive rescans, so it belongs to the name and not to the
-- files.
CREATE TABLE match_group (
    id {id},
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('movie', 'show')),
    parsed_title TEXT NOT NULL,
    parsed_year INTEGER,
    state TEXT NOT NULL CHECK (state IN ('pending', 'matched', 'unmatched', 'ambiguous', 'ignored', 'manual')),
    title_id BIGINT REFERENCES title (id) ON DELETE SET NULL,
    candidates {json} NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT
);
CREATE UNIQUE INDEX match_group_key ON match_group (library_id, key);
CREATE INDEX match_group_state ON match_group (state, id);
CREATE INDEX match_group_title ON match_group (title_id);

CREATE TABLE media_file (
    id {id},
    library_id BIGINT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
    match_group_id BIGINT REFERENCES match_group (id) ON DELETE SET NULL,
    path TEXT NOT NULL,
    path_bytes {blob},
    size BIGINT NOT NULL CHECK (size >= 0),
    modified_at BIGINT NOT NULL,
    fingerprint TEXT,
    inode BIGINT,
    device BIGINT,
    state TEXT NOT NULL CHECK (state IN ('present', 'missing')),
    missing_since_at BIGINT,
    probe_state TEXT NOT NULL CHECK (probe_state IN ('pending', 'probed', 'not_probed', 'failed')),
    problem_code TEXT,
    problem TEXT,
    duration_ms BIGINT CHECK (duration_ms >= 0),
    container TEXT,
    video_codec TEXT,
    width INTEGER,
    height INTEGER,
    hdr TEXT,
    bit_depth INTEGER,
    audio {json} NOT NULL,
    subtitles {json} NOT NULL,
    parsed {json} NOT NULL,
    edition TEXT,
    part INTEGER,
    added_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((state = 'missing') = (missing_since_at IS NOT NULL))
);
CREATE UNIQUE INDEX media_file_path ON media_file (library_id, path);
CREATE INDEX media_file_fingerprint ON media_file (fingerprint);
CREATE INDEX media_file_match_group ON media_file (match_group_id);
CREATE INDEX media_file_added ON media_file (added_at, id);

CREATE TABLE file_title (
    file_id BIGINT NOT NULL REFERENCES media_file (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    PRIMARY KEY (file_id, title_id)
);
CREATE INDEX file_title_title ON file_title (title_id);

-- A title that a user watched is never deleted, so deleting a title does not cascade to play and outbox.
CREATE TABLE play (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id),
    watched_at BIGINT,
    source TEXT NOT NULL,
    file_id BIGINT REFERENCES media_file (id) ON DELETE SET NULL,
    is_private BOOLEAN NOT NULL,
    trakt_history_id BIGINT,
    created_at BIGINT NOT NULL,
    CHECK (NOT (is_private AND trakt_history_id IS NOT NULL))
);
CREATE UNIQUE INDEX play_trakt_history ON play (user_id, trakt_history_id);
CREATE INDEX play_timeline ON play (user_id, watched_at, id);
CREATE INDEX play_title ON play (title_id, user_id, watched_at);

CREATE TABLE progress (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id) ON DELETE CASCADE,
    position_ms BIGINT NOT NULL CHECK (position_ms >= 0),
    duration_ms BIGINT NOT NULL CHECK (duration_ms > 0),
    percent {float} NOT NULL CHECK (percent BETWEEN 0 AND 100),
    file_id BIGINT REFERENCES media_file (id) ON DELETE SET NULL,
    is_private BOOLEAN NOT NULL,
    paused_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, title_id)
);
CREATE INDEX progress_recent ON progress (user_id, paused_at);
CREATE INDEX progress_title ON progress (title_id);

CREATE TABLE playback_session (
    id TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    file_id BIGINT NOT NULL REFERENCES media_file (id) ON DELETE CASCADE,
    is_private BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('opened', 'playing', 'paused', 'stopped')),
    position_ms BIGINT NOT NULL CHECK (position_ms >= 0),
    duration_ms BIGINT NOT NULL CHECK (duration_ms > 0),
    last_seq BIGINT NOT NULL,
    last_event_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    stopped_at BIGINT,
    machine {json} NOT NULL,
    CHECK ((state = 'stopped') = (stopped_at IS NOT NULL))
);
CREATE INDEX playback_session_user ON playback_session (user_id, started_at);
CREATE INDEX playback_session_live ON playback_session (state, last_event_at);
CREATE INDEX playback_session_file ON playback_session (file_id);

CREATE TABLE trakt_account (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    state TEXT NOT NULL
        CHECK (state IN ('connected', 'reconnect', 'application_not_allowed', 'locked', 'deactivated', 'disconnected')),
    token {blob},
    username TEXT,
    slug TEXT,
    name TEXT,
    avatar_url TEXT,
    is_vip BOOLEAN NOT NULL,
    limits {json} NOT NULL,
    message TEXT,
    connected_at BIGINT,
    last_ok_at BIGINT,
    updated_at BIGINT NOT NULL,
    CHECK (state <> 'connected' OR (token IS NOT NULL AND connected_at IS NOT NULL)),
    CHECK (state <> 'disconnected' OR token IS NULL)
);
CREATE UNIQUE INDEX trakt_account_user ON trakt_account (user_id);

-- One row per message to Trakt, written in the same transaction as the change that it reports.
CREATE TABLE outbox (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    title_id BIGINT NOT NULL REFERENCES title (id),
    play_id BIGINT REFERENCES play (id) ON DELETE SET NULL,
    playback_session_id TEXT REFERENCES playback_session (id) ON DELETE SET NULL,
    viewing BIGINT NOT NULL,
    payload {json} NOT NULL,
    occurred_at BIGINT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('pending', 'in_flight', 'unknown', 'done', 'failed', 'superseded')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at BIGINT NOT NULL,
    sent_at BIGINT,
    error_code TEXT,
    error_text TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    CHECK (state NOT IN ('in_flight', 'unknown') OR sent_at IS NOT NULL),
    CHECK ((state IN ('done', 'failed', 'superseded')) = (finished_at IS NOT NULL)),
    CHECK (state <> 'failed' OR (error_code IS NOT NULL AND error_text IS NOT NULL))
);
CREATE INDEX outbox_due ON outbox (user_id, state, next_attempt_at, id);
CREATE INDEX outbox_title ON outbox (title_id);
CREATE INDEX outbox_play ON outbox (play_id);
CREATE INDEX outbox_session ON outbox (playback_session_id, id);
