-- Where a show is broadcast (IANA name): files of daily shows are dated by the day there, not by the day in UTC.
ALTER TABLE title ADD COLUMN time_zone TEXT;
