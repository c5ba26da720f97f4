UPDATE tariff SET ended = 'replaced', ended_by = $5, ended_at = CAST($6 AS TIMESTAMP)
WHERE unit_id = $1 AND energy_type = $2 AND charge = $3 AND from_day = CAST($4 AS DATE) AND ended IS NULL
