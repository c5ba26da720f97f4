INSERT INTO below_unit (unit_id, token_name, registered_at) VALUES (?, ?, CAST(? AS TIMESTAMP))
