INSERT INTO dim_factor (energy_type, basis, valid_from, valid_to, kgce_per_unit, source)
VALUES (?, ?, CAST(? AS DATE), CAST(? AS DATE), ?, ?);
