-- What the last repetition of a project ($1) computed.
SELECT result FROM savings_step WHERE project_id = $1 AND step = 'redone' ORDER BY step_id DESC LIMIT 1
