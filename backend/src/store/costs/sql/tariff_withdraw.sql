UPDATE tariff SET ended = 'withdrawn', ended_by = $3, ended_at = CAST($4 AS TIMESTAMP)
WHERE unit_id = $1 AND tariff_id = $2 AND ended IS NULL
