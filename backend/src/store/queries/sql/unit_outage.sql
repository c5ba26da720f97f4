-- The outage that the unit $1 reported last, where it lasts on the day $2 or is excused on it.
SELECT CAST(from_day AS VARCHAR), CAST(to_day AS VARCHAR), CAST(excused_until AS VARCHAR) FROM outage
WHERE unit_id = $1 AND greatest(to_day, excused_until) >= CAST($2 AS DATE)
ORDER BY submission_id DESC LIMIT 1;
