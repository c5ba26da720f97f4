-- Day roll-ups from $1 to before $2 against a recomputation from the readings and what the retention left of them;
-- days that uploads later than $3 touched wait for their roll-up.
WITH raw AS (
    SELECT item_id, stat_type, CAST(ts AS DATE) AS day, value, valid, input_type, upload_id FROM reading
    WHERE ts >= CAST($1 AS TIMESTAMP) AND ts < CAST($2 AS TIMESTAMP) AND stat_type < 2
),
waiting AS (SELECT DISTINCT item_id, day FROM raw WHERE upload_id > $3),
part AS (
    SELECT r.item_id, r.day, r.stat_type,
           CASE WHEN r.stat_type = 1 THEN max(r.value) FILTER (r.valid)
                WHEN is_averaged(any_value(i.data_class)) THEN avg(r.value) FILTER (r.valid)
                ELSE sum(r.value) FILTER (r.valid) END AS quantity,
           CASE WHEN r.stat_type = 0 THEN least(count(*) FILTER (r.valid), 255) ELSE 0 END AS received,
           coalesce(bool_or(r.valid AND r.input_type = 5), false) AS manual
    FROM raw r
    JOIN item i USING (item_id)
    ANTI JOIN retired_day x ON x.item_id = r.item_id AND x.stat_type = r.stat_type AND x.day = r.day
    GROUP BY r.item_id, r.day, r.stat_type
    UNION ALL
    SELECT item_id, day, stat_type, quantity, received, manual FROM retired_day
    WHERE day >= CAST($1 AS DATE) AND day < CAST($2 AS DATE)
),
should AS (
    SELECT item_id, day, coalesce(max(quantity) FILTER (stat_type = 1), max(quantity) FILTER (stat_type = 0)) AS quantity,
           coalesce(bool_or(stat_type = 1 AND quantity IS NOT NULL), false) AS reported,
           coalesce(max(received) FILTER (stat_type = 0), 0) AS received, bool_or(manual) AS manual
    FROM part GROUP BY item_id, day
),
held AS (SELECT * FROM rollup_day WHERE day >= CAST($1 AS DATE) AND day < CAST($2 AS DATE)),
compared AS (
    SELECT coalesce(s.item_id, h.item_id) AS item_id, coalesce(s.day, h.day) AS day,
           s.item_id IS NULL OR h.item_id IS NULL
           OR (s.quantity IS NULL) <> (h.quantity IS NULL)
           OR coalesce(abs(s.quantity - h.quantity) > 1e-9 * greatest(abs(s.quantity), abs(h.quantity), 1), false)
           OR s.reported <> h.reported OR s.received <> h.received OR s.manual <> h.manual AS wrong
    FROM should s FULL JOIN held h ON s.item_id = h.item_id AND s.day = h.day
)
SELECT count(*), count(*) FILTER (wrong), min('item ' || item_id || ' on ' || day) FILTER (wrong)
FROM compared ANTI JOIN waiting USING (item_id, day)
