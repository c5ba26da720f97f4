-- Projects of a unit ($1) that are not withdrawn, and those made since a moment ($2).
SELECT count(*) FILTER (WHERE state <> 'withdrawn'), count(*) FILTER (WHERE made_at >= CAST($2 AS TIMESTAMP))
FROM savings_project WHERE unit_id = $1
