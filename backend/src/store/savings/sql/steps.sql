-- The steps of a project ($1), oldest first.
SELECT strftime(happened_at, '%Y-%m-%d %H:%M:%S'), author, side, step, is_same,
       saved, input_hash, data_version, body
FROM savings_step WHERE project_id = $1 ORDER BY step_id
