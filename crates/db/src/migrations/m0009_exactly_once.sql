-- What a message looked like when it was sent (`claimed`) and with which others it shared a request (`batch`, a hash of
-- the body): should the answer be lost, Trakt's history is compared with that.
ALTER TABLE outbox ADD COLUMN batch TEXT;
ALTER TABLE outbox ADD COLUMN claimed {json};
-- When the first attempt began that may have arrived without an answer.
ALTER TABLE outbox ADD COLUMN doubtful_since BIGINT;
-- When a complete look into Trakt's history did not find it.
ALTER TABLE outbox ADD COLUMN missing_since BIGINT;
-- When to look which entry it has become, and whether it has become two.
ALTER TABLE outbox ADD COLUMN verify_at BIGINT;
CREATE INDEX outbox_verify ON outbox (user_id, verify_at) WHERE verify_at IS NOT NULL;
-- Grows with every change of the holder: whoever lost a lease without noticing is told apart from its next holder.
ALTER TABLE lease ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
-- What a person removed here. It is removed at Trakt too, also when no account was connected then.
CREATE TABLE tombstone (
    id {id},
    user_id BIGINT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    account TEXT NOT NULL,
    category TEXT NOT NULL,
    title_id BIGINT NOT NULL REFERENCES title (id),
    watched_at BIGINT,
    history_id BIGINT,
    origin TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    queued_at BIGINT
);
CREATE INDEX tombstone_account ON tombstone (user_id, account, history_id);
CREATE INDEX tombstone_title ON tombstone (title_id);
