SELECT CAST(min(received_at) AS DATE) - DATE '1970-01-01' FROM upload WHERE unit_id = ? AND kind = 'energy' AND counted;
