UPDATE device SET state = ?, approved_at = CASE WHEN ? = 'approved' THEN CAST(? AS TIMESTAMP) ELSE approved_at END,
                  approved_by = CASE WHEN ? = 'approved' THEN ? ELSE approved_by END
WHERE device_id = ?
