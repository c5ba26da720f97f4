UPDATE registration SET device_id = ?, address = ?, address_proves = ?, certificate = ?, subject = ?, proof = ?,
                        proved_at = CAST(? AS TIMESTAMP)
WHERE enterprise_code = ? AND ended_at IS NULL
