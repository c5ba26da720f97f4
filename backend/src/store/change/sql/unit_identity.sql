-- What a unit ($1) has of its identity beside its name, district, industry and class.
SELECT energy_level, energy_conversion, profile FROM unit WHERE unit_id = $1
