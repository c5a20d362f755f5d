-- left_out: the person has undone that the title was added to the collection on Trakt; it stays out until its file is gone.
-- run_at: sync_change.run_at of the line in the log that counts it among what one import has added.
ALTER TABLE trakt_collection_item ADD COLUMN left_out BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE trakt_collection_item ADD COLUMN run_at BIGINT;
