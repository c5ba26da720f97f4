UPDATE claim SET last_at = CAST(? AS TIMESTAMP), attempts = ?, state = ?, decided_at = CAST(? AS TIMESTAMP), decided_by = ?,
                 reason = ?, pickup_until = CAST(? AS TIMESTAMP), picked_up_at = CAST(? AS TIMESTAMP), given_device_id = ?
WHERE claim_id = ?
