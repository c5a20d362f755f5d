-- Errors are stored as a code and its details (facts); the text for users is generated when the error is
-- shown. Older rows keep the text that was stored in error_text. A message can concern a list or an account
-- instead of a title.
ALTER TABLE outbox ALTER COLUMN title_id DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN error_facts JSONB;
-- The third CHECK on several columns in m0001, which required a text for failed rows.
ALTER TABLE outbox DROP CONSTRAINT outbox_check2;
ALTER TABLE outbox ADD CONSTRAINT outbox_failed_with_error
    CHECK (state <> 'failed' OR (error_code IS NOT NULL AND (error_text IS NOT NULL OR error_facts IS NOT NULL)));
