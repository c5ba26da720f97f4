INSERT INTO quality_unit (unit_id, basis, judged_on, judged_upload) VALUES (?, ?, CAST(? AS DATE), ?)
