-- Days of each month for which some counted item of the units $1 (ids, comma-separated) has a figure;
-- all of a reported month, and of one that comes of a year's value.
SELECT c.unit_id, CAST(year(m.month) * 12 + month(m.month) - 1 AS INTEGER),
       max(CASE WHEN m.reported OR m.days = 0 THEN day(last_day(m.month)) ELSE m.days END)
FROM v_counted_item c
JOIN (SELECT unnest(CAST(string_split($1, ',') AS INTEGER[])) AS unit_id) wanted USING (unit_id)
JOIN rollup_month m USING (item_id)
WHERE m.quantity IS NOT NULL
GROUP BY ALL;
