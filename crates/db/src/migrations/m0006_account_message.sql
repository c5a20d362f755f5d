-- The state of a connection says what is the matter; the sentence for people is made where it is shown.
ALTER TABLE trakt_account DROP COLUMN message;
