-- The newest projects of a unit ($1), or the one with an id ($2, 0 = all), at most $3, each with its last repetition.
SELECT p.project_id, p.unit_id, p.name, p.question, p.meters, p.note, p.state, p.result, p.made_by,
       strftime(p.made_at, '%Y-%m-%d %H:%M:%S'), p.signed_by, strftime(p.signed_at, '%Y-%m-%d %H:%M:%S'),
       s.author, strftime(s.happened_at, '%Y-%m-%d %H:%M:%S'), s.is_same
FROM savings_project p
LEFT JOIN (SELECT * FROM savings_step WHERE step = 'redone'
           QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY step_id DESC) = 1) s USING (project_id)
WHERE p.unit_id = $1 AND ($2 = 0 OR p.project_id = $2)
ORDER BY p.state = 'withdrawn', p.project_id DESC LIMIT $3
