-- Follows rollup_month_parts.sql: the reported month, else its days.
SELECT item_id, month, coalesce(reported.quantity, days.quantity), reported.quantity IS NOT NULL, coalesce(days.days, 0)
FROM days FULL JOIN reported USING (item_id, month);
