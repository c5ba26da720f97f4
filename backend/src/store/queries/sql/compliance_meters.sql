-- Meters of the unit $1 whose calibration was due before the day $2.
SELECT name, CAST(next_calibration AS VARCHAR) FROM meter
WHERE unit_id = $1 AND next_calibration < CAST($2 AS DATE) ORDER BY next_calibration, name;
