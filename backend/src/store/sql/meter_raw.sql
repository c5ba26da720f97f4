-- The meters of a unit ($1) as they came.
SELECT raw FROM meter WHERE unit_id = $1
