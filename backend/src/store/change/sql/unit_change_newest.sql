-- The newest record of a unit ($1).
SELECT change_id, proposed, state FROM unit_change WHERE unit_id = $1 ORDER BY change_id DESC LIMIT 1
