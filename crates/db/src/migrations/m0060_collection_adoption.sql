-- A plan takes over a collection that somebody made by hand.
ALTER TABLE collection_plan ADD COLUMN adopts BOOLEAN NOT NULL DEFAULT FALSE;
