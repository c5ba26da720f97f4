INSERT INTO quality_unit VALUES (?, ?, CAST(? AS DATE))
