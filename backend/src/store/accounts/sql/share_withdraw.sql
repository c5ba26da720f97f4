UPDATE unit_share SET withdrawn_by = $2, withdrawn_at = CAST($3 AS TIMESTAMP) WHERE share_id = $1
