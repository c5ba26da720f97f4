-- The plan of a unit ($1) for a year ($2) that counts.
SELECT content, saved_by, strftime(saved_at, '%Y-%m-%d %H:%M:%S')
FROM unit_plan WHERE unit_id = $1 AND year = $2 ORDER BY plan_id DESC LIMIT 1
