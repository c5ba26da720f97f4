UPDATE unit SET energy_level = NULL, energy_conversion = false, profile = NULL, config = NULL WHERE unit_id = ?
