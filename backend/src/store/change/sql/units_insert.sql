-- The new units of a list, made at $1.
INSERT INTO unit (unit_id, enterprise_code, name, region_code, industry_code, class, energy_conversion, created_at, updated_at, approved)
SELECT unit_id, enterprise_code, name, region_code, industry_code, class, false, CAST($1 AS TIMESTAMP), CAST($1 AS TIMESTAMP), approved
FROM unit_incoming;
