SELECT enterprise_code, device_id, profile, address, address_proves, certificate, subject,
       strftime(registered_at, '%Y-%m-%d %H:%M:%S'), proof, strftime(proved_at, '%Y-%m-%d %H:%M:%S'),
       old_device_id, old_certificate, strftime(old_accepted_until, '%Y-%m-%d %H:%M:%S'),
       strftime(rotation_asked_at, '%Y-%m-%d %H:%M:%S'), rotation_asked_by
FROM registration WHERE ended_at IS NULL
