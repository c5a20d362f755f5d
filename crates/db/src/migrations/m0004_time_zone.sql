-- The time zone in which a show airs (IANA name): files of daily shows are dated by the local day there, not
-- by the day in UTC.
ALTER TABLE title ADD COLUMN time_zone TEXT;
