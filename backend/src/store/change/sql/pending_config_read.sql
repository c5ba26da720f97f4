-- What a device ($1) sent of its unit while it waited, the configuration first.
SELECT kind, message FROM pending_config WHERE device_id = $1 ORDER BY kind
