-- Days that a commit touched, anew from the raw readings: the reported day value (stat type 1), else the
-- real-time values of the local day, summed or, for classes 05–08 and 10, averaged. Invalid values do not count.
DELETE FROM rollup_day USING changed_day d WHERE rollup_day.item_id = d.item_id AND rollup_day.day = d.day;
INSERT INTO rollup_day
SELECT r.item_id, d.day,
       coalesce(max(r.value) FILTER (r.stat_type = 1 AND r.valid),
                CASE WHEN is_averaged(any_value(i.data_class))
                     THEN avg(r.value) FILTER (r.stat_type = 0 AND r.valid)
                     ELSE sum(r.value) FILTER (r.stat_type = 0 AND r.valid) END),
       bool_or(r.stat_type = 1 AND r.valid),
       least(count(*) FILTER (r.stat_type = 0 AND r.valid), 255),
       coalesce(bool_or(r.valid AND r.input_type = 5), false)
FROM reading r
JOIN changed_day d ON r.item_id = d.item_id AND CAST(r.ts AS DATE) = d.day
JOIN item i ON i.item_id = r.item_id
WHERE r.stat_type IN (0, 1)
  AND r.ts >= (SELECT min(day) FROM changed_day) AND r.ts < (SELECT max(day) + 1 FROM changed_day)
GROUP BY r.item_id, d.day;
