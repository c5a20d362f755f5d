-- The item and date as sent (`claimed`), and the request that contained them (`batch`, a hash of the body,
-- shared by all messages in the request). If the response is lost, Trakt's history is compared with these.
ALTER TABLE outbox ADD COLUMN batch TEXT;
ALTER TABLE outbox ADD COLUMN claimed {json};
-- When the first attempt that may have arrived without a response started.
ALTER TABLE outbox ADD COLUMN doubtful_since BIGINT;
-- When a complete check of Trakt's history did not find it.
ALTER TABLE outbox ADD COLUMN missing_since BIGINT;
-- When to look up its history entry on Trakt, and whether Trakt created a duplicate.
ALTER TABLE outbox ADD COLUMN verify_at BIGINT;
CREATE INDEX outbox_verify ON outbox (user_id, verify_at) WHERE verify_at IS NOT NULL;
-- Incremented whenever the holder changes: a node that lost the lease without noticing can be told from the
-- next holder.
ALTER TABLE lease ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
-- Items that a user removed here. They are removed on Trakt too, even if no account was connected at that
-- time.
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
