SELECT unit_id, enterprise_code, name, region_code, industry_code, class FROM unit
