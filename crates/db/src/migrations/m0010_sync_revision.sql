-- Grows with every change that Trakt, a player or a person makes to what a person sees: nodes that share the database
-- tell each other.
CREATE TABLE sync_revision (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    revision BIGINT NOT NULL
);
-- How far the connecting of a person is, and on which node.
CREATE TABLE connect_attempt (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    state {json} NOT NULL
);
