-- left_out: the user has undone the title's addition to the collection on Trakt; it is not added again until
-- its file has been removed. run_at: sync_change.run_at of the log entry that counts it among the additions
-- of an import.
ALTER TABLE trakt_collection_item ADD COLUMN left_out BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE trakt_collection_item ADD COLUMN run_at BIGINT;
