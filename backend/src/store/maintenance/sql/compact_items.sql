-- How many readings each item has from $1 to before $2, of stat types $3 to $4.
SELECT item_id, count(*) FROM reading
WHERE ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP) AND stat_type BETWEEN $3 AND $4
GROUP BY item_id ORDER BY item_id
