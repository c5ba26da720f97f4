UPDATE registration SET device_id = ?, address = ?, address_proves = ?, certificate = ?, subject = ?, proof = ?,
                        proved_at = CAST(? AS TIMESTAMP), old_device_id = ?, old_certificate = ?,
                        old_accepted_until = CAST(? AS TIMESTAMP), rotation_asked_at = CAST(? AS TIMESTAMP),
                        rotation_asked_by = ?
WHERE enterprise_code = ? AND ended_at IS NULL
