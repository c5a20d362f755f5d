-- A message to Trakt about a play that was taken back meanwhile: it is not sent (again), and what arrived is removed.
ALTER TABLE outbox ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
