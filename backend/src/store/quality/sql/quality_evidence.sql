-- Evidence of a run of marks: unit $1, item $2 (NULL: the unit), rule $3, days $4 to $5.
SELECT evidence FROM quality_mark
WHERE unit_id = $1 AND item_id IS NOT DISTINCT FROM $2 AND rule = $3 AND day BETWEEN CAST($4 AS DATE) AND CAST($5 AS DATE)
ORDER BY day;
