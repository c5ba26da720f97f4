-- Who looked at the data of a unit with the code $1 and the id $2 on the days $3 to $4: one row for each day, actor and kind
-- of page, newest first, after the number $5 (-1: from the newest on), at most $6.
WITH look AS (
    SELECT number, substr(happened_at, 1, 10) AS day, substr(happened_at, 12, 5) AS clock, actor_kind, actor,
           CASE WHEN action LIKE '%.look' THEN object_kind ELSE action END AS what
    FROM audit_entry
    WHERE outcome = 'done' AND substr(happened_at, 1, 10) BETWEEN $3 AND $4
      AND (action = 'unit.look' AND (object = $1 OR starts_with(object, concat($1, '/')))
        OR action IN ('export', 'print') AND contains(object, $1)
        OR action = 'finding.look' AND object IN (SELECT CAST(finding_id AS VARCHAR) FROM quality_finding WHERE unit_id = $2)
        OR action = 'submission.look' AND object IN (SELECT CAST(submission_id AS VARCHAR) FROM submission WHERE unit_id = $2)
        OR action = 'upload.look' AND object IN (SELECT CAST(upload_id AS VARCHAR) FROM upload WHERE unit_id = $2))
), grouped AS (
    SELECT max(number) AS number, day, min(clock) AS first_clock, max(clock) AS last_clock, count(*) AS times, actor_kind, actor, what
    FROM look GROUP BY day, actor_kind, actor, what
)
SELECT number, day, first_clock, last_clock, times, actor_kind, actor, what, (SELECT count(*) FROM grouped)
FROM grouped WHERE $5 < 0 OR number < $5
ORDER BY number DESC LIMIT $6
