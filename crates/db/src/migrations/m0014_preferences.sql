-- A user's preferences for titles: ratings from 1 to 10; the watchlist and dropped shows have the value 1. A
-- row without a value records when the preference was removed, until both sides agree that it was.
CREATE TABLE preference (
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    category TEXT NOT NULL,
    title_id BIGINT NOT NULL REFERENCES title (id),
    value INTEGER CHECK (value BETWEEN 1 AND 10),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, category, title_id)
);
CREATE INDEX preference_title ON preference (title_id);

-- The values on each side at the last comparison: the base of a three-way merge. They differ for items that
-- existed before the user connected without importing.
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
