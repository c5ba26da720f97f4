-- How many submissions there are of the units $1 (NULL = all), of a unit ($2, '' = all), in a state ($3, '' = all), about a finding ($4,
-- NULL = all).
SELECT count(*) FROM submission s JOIN unit u USING (unit_id)
WHERE ($1 IS NULL OR contains($1, concat(',', s.unit_id, ','))) AND ($2 = '' OR u.enterprise_code = $2)
  AND ($3 = '' OR s.state = $3) AND ($4 IS NULL OR s.finding_id = $4);
