-- The configuration that the device $1 sent: the one that waits for its approval, or else that of its unit; whether it waits.
SELECT message, true FROM pending_config WHERE device_id = $1 AND kind = 'config'
UNION ALL
SELECT u.config, false FROM device d JOIN unit u USING (unit_id) WHERE d.device_id = $1 AND u.config IS NOT NULL
ORDER BY 2 DESC LIMIT 1
