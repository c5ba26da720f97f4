-- rollup_day.sql for days of which the retention may have taken readings: the summary that it left stands for all
-- readings of its day and stat type.
DELETE FROM rollup_day USING changed_day d WHERE rollup_day.item_id = d.item_id AND rollup_day.day = d.day;
INSERT INTO rollup_day
WITH part AS (
    SELECT r.item_id, d.day, r.stat_type,
           CASE WHEN r.stat_type = 1 THEN max(r.value) FILTER (r.valid)
                WHEN is_averaged(any_value(i.data_class)) THEN avg(r.value) FILTER (r.valid)
                ELSE sum(r.value) FILTER (r.valid) END AS quantity,
           CASE WHEN r.stat_type = 0 THEN least(count(*) FILTER (r.valid), 255) ELSE 0 END AS received,
           coalesce(bool_or(r.valid AND r.input_type = 5), false) AS manual
    FROM reading r
    JOIN changed_day d ON r.item_id = d.item_id AND CAST(r.ts AS DATE) = d.day
    JOIN item i ON i.item_id = r.item_id
    ANTI JOIN retired_day x ON x.item_id = r.item_id AND x.stat_type = r.stat_type AND x.day = CAST(r.ts AS DATE)
    WHERE r.stat_type IN (0, 1)
      AND r.ts >= (SELECT min(day) FROM changed_day) AND r.ts < (SELECT max(day) + 1 FROM changed_day)
    GROUP BY r.item_id, d.day, r.stat_type
    UNION ALL
    SELECT x.item_id, x.day, x.stat_type, x.quantity, x.received, x.manual
    FROM retired_day x JOIN changed_day d ON d.item_id = x.item_id AND d.day = x.day
)
SELECT item_id, day,
       coalesce(max(quantity) FILTER (stat_type = 1), max(quantity) FILTER (stat_type = 0)),
       coalesce(bool_or(stat_type = 1 AND quantity IS NOT NULL), false),
       coalesce(max(received) FILTER (stat_type = 0), 0),
       bool_or(manual)
FROM part
GROUP BY item_id, day;
