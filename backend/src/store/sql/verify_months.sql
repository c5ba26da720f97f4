-- Month roll-ups from $1 to before $2 against a recomputation from the day roll-ups and the reported months; months
-- that uploads later than $3 touched wait for their roll-up.
WITH waiting AS (
    SELECT DISTINCT item_id, CAST(date_trunc('month', ts) AS DATE) AS month FROM reading
    WHERE upload_id > $3 AND stat_type < 3 AND ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP)
),
days AS (
    SELECT r.item_id, CAST(date_trunc('month', r.day) AS DATE) AS month,
           CASE WHEN any_value(i.data_class) IN (5, 6, 7, 8, 10) THEN avg(r.quantity) ELSE sum(r.quantity) END AS quantity,
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
should AS (
    SELECT item_id, month, coalesce(reported.quantity, days.quantity) AS quantity,
           reported.quantity IS NOT NULL AS reported, coalesce(days.days, 0) AS days
    FROM days FULL JOIN reported USING (item_id, month)
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
FROM compared ANTI JOIN waiting USING (item_id, month)
