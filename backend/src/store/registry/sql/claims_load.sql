-- What may still be decided, picked up or repeated.
SELECT claim_id, enterprise_code, profile, address, address_proves, certificate, subject, region,
       strftime(first_at, '%Y-%m-%d %H:%M:%S'), strftime(last_at, '%Y-%m-%d %H:%M:%S'), attempts, state,
       strftime(decided_at, '%Y-%m-%d %H:%M:%S'), decided_by, reason, strftime(pickup_until, '%Y-%m-%d %H:%M:%S'),
       strftime(picked_up_at, '%Y-%m-%d %H:%M:%S'), given_device_id
FROM claim WHERE state IN ('pending', 'refused') OR state = 'confirmed' AND picked_up_at IS NULL
ORDER BY claim_id
