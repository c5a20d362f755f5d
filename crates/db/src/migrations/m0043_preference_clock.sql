-- How far Trakt's clock was ahead of the one that changed_at was read off, in milliseconds; NULL: nobody knew.
ALTER TABLE preference ADD COLUMN trakt_ahead_ms BIGINT;
