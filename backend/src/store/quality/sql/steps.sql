SELECT strftime(happened_at, '%Y-%m-%d %H:%M:%S'), side, author, step, body, submission_id
FROM finding_step WHERE finding_id = $1 ORDER BY step_id;
