-- Submissions of the units $1 (NULL = all), of a unit ($2, '' = all), in a state ($3, '' = all), about a finding ($4, NULL = all), with an
-- id ($5, 0 = all), before one ($6, 0 = from the newest on), at most $7.
SELECT u.enterprise_code, u.name, u.region_code, u.industry_code, u.class, s.submission_id, s.unit_id, s.kind, s.state,
       s.finding_id, s.reason, s.submitted_by, strftime(s.submitted_at, '%Y-%m-%d %H:%M:%S'), s.decided_by,
       strftime(s.decided_at, '%Y-%m-%d %H:%M:%S'), s.upload_id, s.receipt
FROM submission s JOIN unit u USING (unit_id)
WHERE ($1 IS NULL OR contains($1, concat(',', s.unit_id, ','))) AND ($2 = '' OR u.enterprise_code = $2)
  AND ($3 = '' OR s.state = $3) AND ($4 IS NULL OR s.finding_id = $4) AND ($5 = 0 OR s.submission_id = $5)
  AND ($6 = 0 OR s.submission_id < $6)
ORDER BY s.submission_id DESC
LIMIT $7;
