INSERT INTO unit (unit_id, enterprise_code, name, region_code, industry_code, class, energy_conversion, created_at, updated_at, approved)
VALUES (?, ?, ?, ?, ?, ?, false, CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), ?)
