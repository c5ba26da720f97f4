-- Items and years that have a value of the whole year.
SELECT DISTINCT item_id, CAST(year(ts) AS SMALLINT) FROM reading WHERE stat_type = 3
