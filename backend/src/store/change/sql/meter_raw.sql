-- The meters of a unit ($1) as they came, by code, as many as have room in $2 bytes.
WITH measured AS (
    SELECT meter_code, sum(strlen(raw) + 1) OVER (ORDER BY meter_code) AS up_to FROM meter WHERE unit_id = $1
)
SELECT raw FROM meter JOIN measured USING (meter_code) WHERE unit_id = $1 AND up_to <= $2 ORDER BY meter_code
