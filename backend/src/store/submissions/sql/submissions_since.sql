-- What a unit ($1) has submitted and saved of tariffs and plans, and how many messages a person ($3) has written, since a moment ($2).
SELECT (SELECT count(*) FROM submission WHERE unit_id = $1 AND submitted_at >= CAST($2 AS TIMESTAMP))
     + (SELECT count(DISTINCT saved_at) FROM tariff WHERE unit_id = $1 AND saved_at >= CAST($2 AS TIMESTAMP))
     + (SELECT count(*) FROM unit_shifts WHERE unit_id = $1 AND saved_at >= CAST($2 AS TIMESTAMP))
     + (SELECT count(DISTINCT saved_at) FROM unit_plan WHERE unit_id = $1 AND saved_at >= CAST($2 AS TIMESTAMP))
     + (SELECT count(*) FROM finding_step WHERE author = $3 AND step IN ('message', 'file') AND happened_at >= CAST($2 AS TIMESTAMP))
