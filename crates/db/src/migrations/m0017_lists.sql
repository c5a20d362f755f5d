-- A user's lists: the watchlist of their Trakt account, which exists as long as the account is connected, and
-- lists that they follow. `source`: where the list is on Trakt. `state`: whether the list can still be read;
-- its titles are kept either way. `revision`: Trakt's time of the last change that was read completely.
CREATE TABLE list (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source <> ''),
    name TEXT NOT NULL,
    description TEXT,
    owner TEXT,
    owner_name TEXT,
    sort_by TEXT,
    sort_how TEXT,
    state TEXT NOT NULL,
    failure {json},
    failures INTEGER NOT NULL DEFAULT 0,
    others BIGINT NOT NULL DEFAULT 0 CHECK (others >= 0),
    revision BIGINT,
    pinned_at BIGINT,
    followed_at BIGINT NOT NULL,
    read_at BIGINT,
    full_at BIGINT,
    next_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX list_source ON list (user_id, source);
CREATE INDEX list_next ON list (user_id, next_at);

-- The titles on a followed list, in its order. The titles on the watchlist are in preference.
CREATE TABLE list_item (
    list_id BIGINT NOT NULL REFERENCES list (id) ON DELETE CASCADE,
    title_id BIGINT NOT NULL REFERENCES title (id),
    position BIGINT NOT NULL CHECK (position >= 0),
    listed_at BIGINT,
    PRIMARY KEY (list_id, title_id)
);
CREATE INDEX list_item_title ON list_item (title_id);

-- Adds the watchlists of accounts that are already connected.
INSERT INTO list (user_id, kind, source, name, state, followed_at, next_at)
SELECT user_id, 'watchlist', 'watchlist', 'Watchlist', 'current', updated_at, updated_at
FROM trakt_account WHERE token IS NOT NULL;
