-- All, or the one with a hash ($1).
SELECT name, all_units, units, strftime(created_at, '%Y-%m-%d %H:%M:%S'), created_by,
       strftime(revoked_at, '%Y-%m-%d %H:%M:%S'), strftime(expires_at, '%Y-%m-%d %H:%M:%S'),
       strftime(last_used_at, '%Y-%m-%d %H:%M:%S'), regions
FROM api_token WHERE $1 IN ('', hash) ORDER BY name
