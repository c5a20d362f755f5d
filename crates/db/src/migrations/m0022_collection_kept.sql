-- Titles that a person wants kept in the collection on Trakt although no file is here: they have undone the removal.
-- Holds the quality to send.
ALTER TABLE trakt_collection_item ADD COLUMN kept {json};
