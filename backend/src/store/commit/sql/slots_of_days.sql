-- The quarter-hours of these item-days that have a real-time reading.
SELECT DISTINCT r.item_id, (a.day - DATE '1970-01-01')::INTEGER AS day, ((hour(r.ts) * 60 + minute(r.ts)) // 15)::BIGINT AS slot
FROM requested_day a
JOIN reading r ON r.item_id = a.item_id AND CAST(r.ts AS DATE) = a.day
WHERE r.stat_type = 0
  AND r.ts >= (SELECT min(day) FROM requested_day) AND r.ts < (SELECT max(day) + 1 FROM requested_day)
