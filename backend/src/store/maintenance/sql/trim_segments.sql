-- Stretches of rows of a table ($1) with the longest text of a column ($2) in each.
SELECT row_group_id, start, count, coalesce(TRY_CAST(regexp_extract(stats, 'Max String Length: ([0-9]+)', 1) AS BIGINT), 0)
FROM pragma_storage_info($1) WHERE column_name = $2 AND segment_type = 'VARCHAR' ORDER BY 1, 2
