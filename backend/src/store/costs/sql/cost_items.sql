-- The items of a unit ($1) that count: whether values of days come, and the first day with one.
SELECT data_code, energy_type, CAST(sign AS DOUBLE), points_per_day > 0, CAST(first_day AS VARCHAR)
FROM v_counted_item WHERE unit_id = $1 ORDER BY data_code;
