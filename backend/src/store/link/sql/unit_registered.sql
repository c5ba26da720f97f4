UPDATE link_unit SET registration = $3, asked_at = NULL,
    configuration_sha256 = CASE WHEN $4 THEN '' ELSE configuration_sha256 END,
    meters_sha256 = CASE WHEN $4 THEN '' ELSE meters_sha256 END,
    described = CASE WHEN $4 THEN '' ELSE described END
WHERE upper = $1 AND unit_id = $2
