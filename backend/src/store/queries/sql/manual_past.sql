-- Day values of the item $2 of the unit $1 from $3 to $4, oldest first.
SELECT d.quantity FROM rollup_day d JOIN item i USING (item_id)
WHERE i.unit_id = $1 AND i.data_code = $2 AND d.quantity IS NOT NULL AND d.day BETWEEN CAST($3 AS DATE) AND CAST($4 AS DATE)
ORDER BY d.day;
