-- Readings of the items $3 to $4 from $1 to before $2, in the order in which they compress and are asked for.
CREATE OR REPLACE TEMP TABLE moving AS
SELECT * FROM reading
WHERE ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP) AND item_id BETWEEN $3 AND $4
ORDER BY item_id, stat_type, ts
