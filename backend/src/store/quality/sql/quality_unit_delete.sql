DELETE FROM quality_unit WHERE unit_id IN (SELECT unnest(CAST($1 AS INTEGER[])))
