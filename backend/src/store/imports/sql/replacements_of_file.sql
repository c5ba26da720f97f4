-- How many readings of a file differ from a stored value of the same period, by data code. The file comes in columns: units
-- ($1), data codes ($2), stat types ($3), seconds since 1970 ($4), values ($5), valid ($6). The time bounds let whole row
-- groups be skipped.
WITH file AS (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, unnest(CAST($2 AS VARCHAR[])) AS data_code,
           unnest(CAST($3 AS UTINYINT[])) AS stat_type, make_timestamp(unnest(CAST($4 AS BIGINT[])) * 1000000) AS ts,
           unnest(CAST($5 AS DOUBLE[])) AS value, unnest(CAST($6 AS BOOLEAN[])) AS valid
)
SELECT i.data_code, count(*)
FROM file f
JOIN item i ON i.unit_id = f.unit_id AND i.data_code = f.data_code
JOIN reading r ON r.item_id = i.item_id AND r.stat_type = f.stat_type AND r.ts = f.ts
WHERE (r.value <> f.value OR r.valid <> f.valid)
  AND r.ts BETWEEN (SELECT min(ts) FROM file) AND (SELECT max(ts) FROM file)
GROUP BY i.data_code;
