SELECT unit_id, enterprise_code, name, region_code, industry_code, class, coalesce(approved, false) FROM unit
