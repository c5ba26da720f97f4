-- The newest anchor.
SELECT number, hash, signed_at, public_key, signature FROM audit_anchor ORDER BY number DESC LIMIT 1
