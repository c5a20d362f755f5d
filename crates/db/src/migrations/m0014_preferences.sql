-- What a person thinks of titles: ratings from 1 to 10, the watchlist and dropped shows, which have the value 1. A row
-- without a value says when it was taken back, until both sides agree about that.
CREATE TABLE preference (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    category TEXT NOT NULL,
    title_id BIGINT NOT NULL REFERENCES title (id),
    value INTEGER CHECK (value BETWEEN 1 AND 10),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, category, title_id)
);
CREATE INDEX preference_title ON preference (title_id);

-- What each side held when the two were last compared: the base of a three-way merge. They differ for what was there
-- before a person connected without importing.
CREATE TABLE sync_shadow (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL CHECK (account <> ''),
    category TEXT NOT NULL,
    title_id BIGINT NOT NULL REFERENCES title (id),
    here INTEGER,
    there INTEGER,
    PRIMARY KEY (user_id, account, category, title_id),
    CHECK (here IS NOT NULL OR there IS NOT NULL)
);
CREATE INDEX sync_shadow_title ON sync_shadow (title_id);
