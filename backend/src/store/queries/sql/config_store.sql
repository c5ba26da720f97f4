UPDATE unit SET energy_level = coalesce(?, energy_level), energy_conversion = coalesce(?, energy_conversion),
                profile = coalesce(?, profile), config = coalesce(?, config)
WHERE unit_id = ?
