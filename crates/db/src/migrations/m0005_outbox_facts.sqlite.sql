-- Errors are stored as a code and its details (facts); the text for users is generated when the error is
-- shown. Older rows keep the text that was stored in error_text. A message can concern a list or an account
-- instead of a title. SQLite can change neither NOT NULL nor a CHECK, so the table is rebuilt. No other table
-- refers to it.
CREATE TABLE outbox_rebuilt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    title_id BIGINT REFERENCES title (id),
    play_id BIGINT REFERENCES play (id) ON DELETE SET NULL,
    playback_session_id TEXT REFERENCES playback_session (id) ON DELETE SET NULL,
    viewing BIGINT NOT NULL,
    payload JSON_TEXT NOT NULL,
    occurred_at BIGINT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('pending', 'in_flight', 'unknown', 'done', 'failed', 'superseded')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at BIGINT NOT NULL,
    sent_at BIGINT,
    error_code TEXT,
    error_facts JSON_TEXT,
    error_text TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    withdrawn BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK (state NOT IN ('in_flight', 'unknown') OR sent_at IS NOT NULL),
    CHECK ((state IN ('done', 'failed', 'superseded')) = (finished_at IS NOT NULL)),
    CHECK (state <> 'failed' OR (error_code IS NOT NULL AND (error_text IS NOT NULL OR error_facts IS NOT NULL)))
);
INSERT INTO outbox_rebuilt (id, user_id, kind, title_id, play_id, playback_session_id, viewing, payload, occurred_at,
    state, attempts, next_attempt_at, sent_at, error_code, error_text, created_at, finished_at, withdrawn)
SELECT id, user_id, kind, title_id, play_id, playback_session_id, viewing, payload, occurred_at,
    state, attempts, next_attempt_at, sent_at, error_code, error_text, created_at, finished_at, withdrawn
FROM outbox;
-- An ID is never reused, even if its row was deleted.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'outbox_rebuilt', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox_rebuilt');
UPDATE sqlite_sequence SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)
WHERE name = 'outbox_rebuilt';
DROP TABLE outbox;
ALTER TABLE outbox_rebuilt RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (user_id, state, next_attempt_at, id);
CREATE INDEX outbox_title ON outbox (title_id);
CREATE INDEX outbox_play ON outbox (play_id);
CREATE INDEX outbox_session ON outbox (playback_session_id, id);
