-- Meters of a unit, and their bytes: a row costs some beside its text.
SELECT count(*), CAST(coalesce(sum(strlen(raw) + 64), 0) AS UBIGINT) FROM meter WHERE unit_id = ?
