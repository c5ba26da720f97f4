-- Days of each unit and month for which some counted item has a figure; all of a reported month.
SELECT c.unit_id, CAST(year(m.month) * 12 + month(m.month) - 1 AS INTEGER),
       max(CASE WHEN m.reported THEN day(last_day(m.month)) ELSE m.days END)
FROM v_counted_item c JOIN rollup_month m USING (item_id)
WHERE m.quantity IS NOT NULL
GROUP BY ALL;
