UPDATE link_unit SET registration = $3 WHERE upper = $1 AND unit_id = $2
