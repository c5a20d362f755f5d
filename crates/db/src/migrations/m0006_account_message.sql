-- The state of a connection identifies the problem; the text for users is generated when it is shown.
ALTER TABLE trakt_account DROP COLUMN message;
