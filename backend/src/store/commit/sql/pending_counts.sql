SELECT device_id, count(*) FROM pending_reading GROUP BY 1
