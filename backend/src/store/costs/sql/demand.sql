-- By month the highest sum of the electricity ($4) of a unit ($1) over one span, when it first began, and the number of spans that
-- all items have, over the days $2 to $3. Spans are quarter-hours where all items have them, else hours; an hour counts with
-- all its points.
WITH own AS (
    SELECT item_id, sign, points_per_day, first_day FROM v_counted_item
    WHERE unit_id = $1 AND energy_type = $4 AND last_day >= CAST($2 AS DATE)
),
kind AS (
    SELECT count(*) AS items, CASE WHEN min(points_per_day) >= 96 THEN 15 ELSE 60 END AS minutes,
           min(points_per_day) >= 24 AS is_real_time
    FROM own
),
point AS (
    SELECT o.item_id, o.sign, time_bucket(to_minutes(k.minutes), r.ts) AS start, sum(r.value) AS quantity
    FROM own o CROSS JOIN kind k JOIN reading r USING (item_id)
    WHERE k.is_real_time AND r.stat_type = 0 AND r.valid
      AND r.ts >= CAST($2 AS DATE) AND r.ts < CAST($3 AS DATE) + 1
    GROUP BY o.item_id, o.sign, o.points_per_day, k.minutes, start
    HAVING count(*) >= o.points_per_day * k.minutes // 1440
),
whole AS (
    SELECT start, sum(sign * quantity) AS quantity FROM point GROUP BY start
    HAVING count(*) = (SELECT items FROM kind)
)
SELECT CAST(CAST(date_trunc('month', start) AS DATE) AS VARCHAR), max(quantity),
       strftime(first(start ORDER BY quantity DESC, start), '%Y-%m-%d %H:%M'), count(*), (SELECT minutes FROM kind)
FROM whole GROUP BY date_trunc('month', start);
