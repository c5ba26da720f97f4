-- The real-time item of one unit ($1) whose week is shown: the one named ($2), else electricity before
-- others, the busiest first.
SELECT i.item_id, i.data_code, CAST(max(r.ts) AS VARCHAR)
FROM item i JOIN reading r USING (item_id)
WHERE i.unit_id = $1 AND r.stat_type = 0 AND r.valid AND ($2 = '' OR i.data_code = $2)
GROUP BY i.item_id, i.data_code, i.scope, i.data_class, i.energy_type
ORDER BY i.scope, i.energy_type = '3300' AND i.data_class = 2 DESC, count(*) DESC, i.data_code
LIMIT 1;
