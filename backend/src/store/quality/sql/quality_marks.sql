SELECT unit_id, item_id, rule, day - DATE '1970-01-01', measure, settled FROM quality_mark WHERE unit_id IN (SELECT unnest(CAST($1 AS INTEGER[])))
