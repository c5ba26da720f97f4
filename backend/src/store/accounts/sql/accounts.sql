SELECT name, display_name, display_name_en, roles, districts, units, state, is_demo, password_hash, account.second_factor,
    second_factor_confirmed, last_step, recovery_digests, invitation_digest,
    strftime(invitation_until, '%Y-%m-%dT%H:%M:%S'), strftime(created_at, '%Y-%m-%dT%H:%M:%S'),
    strftime(changed_at, '%Y-%m-%dT%H:%M:%S'), strftime(last_sign_in_at, '%Y-%m-%dT%H:%M:%S'),
    issuer, subject, coalesce(provider_identity.second_factor, false)
FROM account LEFT JOIN provider_identity ON provider_identity.account = account.name
