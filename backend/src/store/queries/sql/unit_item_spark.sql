-- Daily quantities of every item of one unit ($1) over the days $2 to $3.
SELECT i.data_code, CAST(d.day - CAST($2 AS DATE) AS INTEGER), d.quantity
FROM item i JOIN rollup_day d USING (item_id)
WHERE i.unit_id = $1 AND d.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE) AND d.quantity IS NOT NULL;
