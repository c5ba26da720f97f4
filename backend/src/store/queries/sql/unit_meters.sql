-- Meters of one unit ($1); overdue on the day $2.
SELECT meter_code, name, meter_level, state, energy_type, accuracy_class, CAST(last_calibration AS VARCHAR),
       CAST(next_calibration AS VARCHAR), coalesce(next_calibration < CAST($2 AS DATE), false), data_codes
FROM meter WHERE unit_id = $1 ORDER BY meter_level NULLS LAST, meter_code;
