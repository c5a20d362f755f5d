-- Set for titles that stay in the collection on Trakt without a file here, because the user has undone the
-- removal. Contains the quality to send.
ALTER TABLE trakt_collection_item ADD COLUMN kept {json};
