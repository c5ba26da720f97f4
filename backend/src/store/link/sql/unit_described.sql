SELECT enterprise_code, name, region_code, industry_code, energy_level, profile, energy_conversion FROM unit WHERE unit_id = ?
