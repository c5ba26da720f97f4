INSERT INTO dim_energy_type (code, data_class, energy_group, quantity_unit) VALUES (?, ?, ?, ?);
