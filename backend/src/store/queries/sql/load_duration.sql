-- Valid real-time values of the item $1 from $2 to before $3, falling; at most $4 of them (2 or more): the first of each
-- of $4 - 1 equal parts, and the last, so that highest and lowest are always among them.
WITH sorted AS (
    SELECT value, row_number() OVER (ORDER BY value DESC) - 1 AS place, count(*) OVER () AS readings
    FROM reading
    WHERE item_id = $1 AND stat_type = 0 AND valid AND ts >= CAST($2 AS TIMESTAMP) AND ts < CAST($3 AS TIMESTAMP)
)
SELECT CAST(readings AS UBIGINT), CAST(place AS UINTEGER), value
FROM sorted
WHERE readings <= $4 OR place = readings - 1 OR (place * ($4 - 1)) % readings < $4 - 1
ORDER BY place;
