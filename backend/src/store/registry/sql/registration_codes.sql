SELECT enterprise_code, device_id, hash, made_by, strftime(expires_at, '%Y-%m-%d %H:%M:%S')
FROM registration_code WHERE used_at IS NULL
