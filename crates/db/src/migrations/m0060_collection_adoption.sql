-- Whether a plan would take over a collection that was created by hand.
ALTER TABLE collection_plan ADD COLUMN adopts BOOLEAN NOT NULL DEFAULT FALSE;
