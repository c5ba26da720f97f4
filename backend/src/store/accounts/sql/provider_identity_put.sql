INSERT INTO provider_identity VALUES (?, ?, ?, ?)
ON CONFLICT (issuer, subject) DO UPDATE SET second_factor = excluded.second_factor
