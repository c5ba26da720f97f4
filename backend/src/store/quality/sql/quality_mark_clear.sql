DELETE FROM quality_mark USING (
    SELECT unnest(CAST($1 AS INTEGER[])) AS unit_id, DATE '1970-01-01' + unnest(CAST($2 AS INTEGER[])) AS first_day,
           DATE '1970-01-01' + unnest(CAST($3 AS INTEGER[])) AS last_day
) a
WHERE quality_mark.unit_id = a.unit_id AND quality_mark.day BETWEEN a.first_day AND a.last_day
