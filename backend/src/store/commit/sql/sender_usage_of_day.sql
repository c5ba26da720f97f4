-- Bytes of refused entries kept by sender, and values replaced by sender (of an industry system by unit too), since a
-- moment ($1); whether the sender is a device that waits for approval, and how many messages of those are on record.
WITH today AS (
    SELECT upload_id, sent_by, replaced, CASE kind WHEN 'bulk' THEN sent_by || ' ' || coalesce(unit_id, 0) ELSE sent_by END AS speaker
    FROM upload WHERE received_at >= CAST($1 AS TIMESTAMP)
),
kept AS (
    SELECT upload_id, sum(strlen(entry) + strlen(reason_zh) + strlen(reason_en) + strlen(field) + strlen(code) + 16) AS bytes
    FROM rejected WHERE upload_id >= (SELECT min(upload_id) FROM today) GROUP BY 1
)
SELECT sent_by, CAST(sum(bytes) AS UBIGINT), CAST(0 AS UBIGINT),
       sent_by IN (SELECT device_id FROM device WHERE state = 'pending'), CAST(0 AS UBIGINT)
FROM today JOIN kept USING (upload_id) GROUP BY 1
UNION ALL
SELECT speaker, CAST(0 AS UBIGINT), CAST(sum(replaced) AS UBIGINT), false, CAST(0 AS UBIGINT)
FROM today WHERE replaced > 0 GROUP BY 1
UNION ALL
SELECT sent_by, CAST(0 AS UBIGINT), CAST(0 AS UBIGINT), true, CAST(count(*) AS UBIGINT)
FROM today WHERE sent_by IN (SELECT device_id FROM device WHERE state = 'pending') GROUP BY 1
