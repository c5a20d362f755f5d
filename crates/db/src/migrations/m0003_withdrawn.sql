-- A message to Trakt about a play that has been deleted since: it is not sent (again), and if it arrived, the
-- play is removed from Trakt.
ALTER TABLE outbox ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
