-- What the leaving readings mean for their days, and how many leave of each upload; then they go.
INSERT INTO retired_day
SELECT r.item_id, r.stat_type, CAST(r.ts AS DATE),
       CASE WHEN r.stat_type = 1 THEN max(r.value) FILTER (r.valid)
            WHEN is_averaged(any_value(i.data_class)) THEN avg(r.value) FILTER (r.valid)
            ELSE sum(r.value) FILTER (r.valid) END,
       CASE WHEN r.stat_type = 0 THEN least(count(*) FILTER (r.valid), 255) ELSE 0 END,
       coalesce(bool_or(r.valid AND r.input_type = 5), false), bool_or(minute(r.ts) <> 0)
FROM leaving r
JOIN item i ON i.item_id = r.item_id
GROUP BY r.item_id, r.stat_type, CAST(r.ts AS DATE);
INSERT INTO retired_upload SELECT upload_id, count(*) FROM leaving GROUP BY upload_id;
DELETE FROM reading USING leaving l
WHERE reading.item_id = l.item_id AND reading.stat_type = l.stat_type AND reading.ts = l.ts
  AND reading.ts BETWEEN (SELECT min(ts) FROM leaving) AND (SELECT max(ts) FROM leaving);
DROP TABLE leaving;
