-- The whole hours of a unit's ($1) items of some energy types ($2) over the days $3 to $4. An hour counts with all its points.
SELECT c.data_code, CAST(CAST(r.ts AS DATE) AS VARCHAR), CAST(hour(r.ts) AS INTEGER), sum(r.value)
FROM v_counted_item c JOIN reading r USING (item_id)
WHERE c.unit_id = $1 AND contains($2, concat(',', c.energy_type, ',')) AND c.points_per_day >= 24
  AND r.stat_type = 0 AND r.valid AND r.ts >= CAST($3 AS DATE) AND r.ts < CAST($4 AS DATE) + 1
GROUP BY c.data_code, CAST(r.ts AS DATE), hour(r.ts), c.points_per_day
HAVING count(*) >= c.points_per_day // 24;
