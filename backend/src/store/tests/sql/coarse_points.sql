-- What months of items without days add to the points up to a day ($1), where none is overdue: month, unit, energy type.
SELECT strftime(m.month, '%Y-%m'), u.enterprise_code, c.energy_type, count(*)
FROM v_counted_item c JOIN rollup_month m USING (item_id) JOIN unit u USING (unit_id)
WHERE c.points_per_day = 0 AND m.quantity IS NOT NULL AND m.month <= CAST($1 AS DATE)
GROUP BY ALL
