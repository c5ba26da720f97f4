-- Every item-day of the units $1 with a value of the stat types $3, from the day $2 on.
SELECT DISTINCT r.item_id, CAST(CAST(r.ts AS DATE) - DATE '1970-01-01' AS INTEGER), i.data_code
FROM reading r JOIN item i USING (item_id)
WHERE list_contains(CAST($1 AS INTEGER[]), i.unit_id) AND r.ts >= CAST($2 AS TIMESTAMP)
  AND list_contains(CAST($3 AS UTINYINT[]), r.stat_type)
