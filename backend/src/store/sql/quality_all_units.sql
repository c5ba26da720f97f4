-- Units that send by the day: first and last day, and what they were last judged on.
SELECT i.unit_id, min(i.first_day) - DATE '1970-01-01', any_value(q.judged_on) - DATE '1970-01-01', coalesce(any_value(q.basis), '')
FROM item i LEFT JOIN quality_unit q USING (unit_id)
WHERE i.points_per_day > 0 AND i.first_day IS NOT NULL
GROUP BY i.unit_id;
