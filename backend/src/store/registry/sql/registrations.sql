SELECT enterprise_code, device_id, profile, address, address_proves, certificate, subject,
       strftime(registered_at, '%Y-%m-%d %H:%M:%S'), proof, strftime(proved_at, '%Y-%m-%d %H:%M:%S')
FROM registration WHERE ended_at IS NULL
