-- Readings stored.
SELECT count(*) FROM reading;
