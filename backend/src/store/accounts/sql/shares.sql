-- The newest shares of a unit ($1, '' = all units), at most $2.
SELECT share_id, enterprise_code, account, kinds, CAST(until AS VARCHAR), reason, made_by,
       strftime(made_at, '%Y-%m-%d %H:%M:%S'), withdrawn_by, strftime(withdrawn_at, '%Y-%m-%d %H:%M:%S')
FROM unit_share
WHERE $1 IN ('', enterprise_code)
ORDER BY share_id DESC LIMIT $2
