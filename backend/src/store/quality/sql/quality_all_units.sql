-- Units with data: first day (of the first month, where a quantity has no days), what they were last assessed on, whether
-- some quantity has no days, whether none has, its items with days, and the points of a day since some have points.
WITH coarse AS (
    SELECT item_id, min(month) AS first_month FROM rollup_month JOIN item USING (item_id)
    WHERE points_per_day = 0 AND data_class <= 4 AND quantity IS NOT NULL GROUP BY item_id
)
SELECT i.unit_id, min(coalesce(i.first_day, k.first_month)) - DATE '1970-01-01', any_value(q.assessed_on) - DATE '1970-01-01', coalesce(any_value(q.basis), ''),
       bool_or(i.points_per_day = 0), bool_and(i.points_per_day = 0),
       count(*), CAST(coalesce(sum(i.points_per_day) FILTER (i.realtime_from IS NOT NULL), 0) AS BIGINT),
       min(i.realtime_from) - DATE '1970-01-01'
FROM item i LEFT JOIN coarse k ON k.item_id = i.item_id LEFT JOIN quality_unit q USING (unit_id)
WHERE coalesce(i.first_day, k.first_month) IS NOT NULL
GROUP BY i.unit_id;
