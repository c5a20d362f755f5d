-- An error is stored as a code and its facts; the sentence for people is made where it is shown. Older rows keep theirs
-- in error_text. A message can be about a list or an account instead of a title.
ALTER TABLE outbox ALTER COLUMN title_id DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN error_facts JSONB;
-- The third CHECK of m0001 over several columns: a failed row had to have a sentence.
ALTER TABLE outbox DROP CONSTRAINT outbox_check2;
ALTER TABLE outbox ADD CONSTRAINT outbox_failed_with_error
    CHECK (state <> 'failed' OR (error_code IS NOT NULL AND (error_text IS NOT NULL OR error_facts IS NOT NULL)));
