-- Incremented with every change to data visible to a user, made by Trakt, a player or a user: this is how
-- nodes that share the database notice each other's changes.
CREATE TABLE sync_revision (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL
);
-- The progress of connecting a user to Trakt, and the node that does it.
CREATE TABLE connect_attempt (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    state {json} NOT NULL
);
