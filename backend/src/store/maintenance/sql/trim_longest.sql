-- The longest text of a column ($2) of a table ($1), as the statistics of its segments have it: no text is read.
SELECT coalesce(max(TRY_CAST(regexp_extract(stats, 'Max String Length: ([0-9]+)', 1) AS BIGINT)), 0)
FROM pragma_storage_info($1) WHERE column_name = $2 AND segment_type = 'VARCHAR'
