-- Month roll-ups from $1 to before $2 against a recomputation from the day roll-ups, the reported months and, where
-- nothing finer came for any part of a year, its reported value by days; months
-- that uploads later than $3 touched wait for their roll-up.
WITH waiting AS (
    SELECT DISTINCT item_id, CAST(date_trunc('month', ts) AS DATE) AS month FROM reading
    WHERE upload_id > $3 AND stat_type < 3 AND ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP)
),
yearly AS (
    SELECT r.item_id, any_value(i.data_class) AS data_class, max(r.value) AS value
    FROM reading r JOIN item i USING (item_id)
    WHERE r.stat_type = 3 AND r.valid AND r.ts = date_trunc('year', CAST($1 AS TIMESTAMP)) GROUP BY r.item_id
),
finer AS (
    SELECT item_id FROM yearly JOIN rollup_day r USING (item_id)
    WHERE r.quantity IS NOT NULL AND year(r.day) = year(CAST($1 AS DATE))
    UNION
    SELECT item_id FROM yearly JOIN reading r USING (item_id)
    WHERE r.stat_type = 2 AND r.valid AND year(r.ts) = year(CAST($1 AS DATE))
),
waiting_year AS (
    SELECT DISTINCT y.item_id FROM reading y JOIN reading r ON r.item_id = y.item_id
    WHERE y.stat_type = 3 AND y.ts = date_trunc('year', CAST($1 AS TIMESTAMP))
      AND r.upload_id > $3 AND year(r.ts) = year(CAST($1 AS DATE))
),
quarter AS (SELECT CAST(unnest(generate_series(CAST($1 AS DATE), CAST($2 AS DATE) - 1, INTERVAL 1 MONTH)) AS DATE) AS month),
spread AS (
    SELECT y.item_id, q.month,
           CASE WHEN is_averaged(y.data_class) THEN y.value
                ELSE y.value * day(last_day(q.month)) / dayofyear(CAST(date_trunc('year', q.month) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE))
           END AS quantity
    FROM yearly y CROSS JOIN quarter q ANTI JOIN finer f ON f.item_id = y.item_id
),
days AS (
    SELECT r.item_id, CAST(date_trunc('month', r.day) AS DATE) AS month,
           CASE WHEN is_averaged(any_value(i.data_class)) THEN avg(r.quantity) ELSE sum(r.quantity) END AS quantity,
           count(r.quantity) AS days
    FROM rollup_day r JOIN item i USING (item_id)
    WHERE r.day >= CAST($1 AS DATE) AND r.day < CAST($2 AS DATE)
    GROUP BY ALL
),
reported AS (
    SELECT item_id, CAST(ts AS DATE) AS month, max(value) AS quantity FROM reading
    WHERE stat_type = 2 AND valid AND ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP)
    GROUP BY ALL
),
parts AS (
    SELECT item_id, month, quantity, 0 AS days, 1 AS part FROM reported
    UNION ALL SELECT item_id, month, quantity, days, 2 FROM days
    UNION ALL SELECT item_id, month, quantity, 0, 3 FROM spread
),
should AS (
    SELECT item_id, month,
           coalesce(max(quantity) FILTER (part = 1), max(quantity) FILTER (part = 2), max(quantity) FILTER (part = 3)) AS quantity,
           coalesce(bool_or(part = 1), false) AS reported, coalesce(max(days) FILTER (part = 2), 0) AS days
    FROM parts GROUP BY item_id, month
),
held AS (SELECT * FROM rollup_month WHERE month >= CAST($1 AS DATE) AND month < CAST($2 AS DATE)),
compared AS (
    SELECT coalesce(s.item_id, h.item_id) AS item_id, coalesce(s.month, h.month) AS month,
           s.item_id IS NULL OR h.item_id IS NULL
           OR (s.quantity IS NULL) <> (h.quantity IS NULL)
           OR coalesce(abs(s.quantity - h.quantity) > 1e-9 * greatest(abs(s.quantity), abs(h.quantity), 1), false)
           OR s.reported <> h.reported OR s.days <> h.days AS wrong
    FROM should s FULL JOIN held h ON s.item_id = h.item_id AND s.month = h.month
)
SELECT count(*), count(*) FILTER (wrong), min('item ' || item_id || ' in ' || strftime(month, '%Y-%m')) FILTER (wrong)
FROM compared ANTI JOIN waiting USING (item_id, month) ANTI JOIN waiting_year USING (item_id)
