-- The day on which the first upload of each of some units ($1, a list) came.
SELECT unit_id, CAST(min(received_at) AS DATE) - DATE '1970-01-01' FROM upload
WHERE unit_id IN (SELECT unnest(CAST($1 AS INTEGER[]))) AND kind = 'energy' AND counted
GROUP BY unit_id;
