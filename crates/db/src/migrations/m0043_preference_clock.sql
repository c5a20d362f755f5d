-- How far Trakt's clock was ahead of the clock used for changed_at, in milliseconds; NULL if unknown.
ALTER TABLE preference ADD COLUMN trakt_ahead_ms BIGINT;
