-- How many readings of a unit ($1) answer the question of readings_page.sql.
SELECT count(*) FROM item i JOIN reading r USING (item_id)
WHERE i.unit_id = $1 AND ($2 = '' OR i.data_code = $2) AND ($3 < 0 OR r.stat_type = $3)
  AND ($4 = '' OR r.ts >= TRY_CAST($4 AS TIMESTAMP)) AND ($5 = '' OR r.ts < TRY_CAST($5 AS TIMESTAMP));
