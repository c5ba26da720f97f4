-- The tariffs of a unit ($1), those that no longer count included.
SELECT tariff_id, energy_type, charge, CAST(from_day AS VARCHAR), lines, saved_by, strftime(saved_at, '%Y-%m-%d %H:%M:%S'), ended
FROM tariff WHERE unit_id = $1 ORDER BY energy_type, charge, from_day DESC, tariff_id DESC;
