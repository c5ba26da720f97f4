-- An upload's counts against what stands of it: readings, values that gave way since, readings that the retention
-- took, replacements approved later; and its refused entries, kept or
-- counted.
WITH stands AS (
    SELECT upload_id, count(*) AS n FROM reading GROUP BY 1
    UNION ALL SELECT upload_id, count(*) FROM reading_history GROUP BY 1
    UNION ALL SELECT upload_id, sum(readings) FROM retired_upload GROUP BY 1
    UNION ALL SELECT upload_id, -count(*) FROM replacement WHERE state = 'approved' GROUP BY 1
),
standing AS (SELECT upload_id, sum(n) AS n FROM stands GROUP BY 1),
waiting AS (SELECT upload_id, count(*) AS n FROM pending_reading GROUP BY 1),
refused AS (
    SELECT upload_id, sum(n) AS n
    FROM (SELECT upload_id, count(*) AS n FROM rejected GROUP BY 1 UNION ALL SELECT upload_id, not_kept FROM refusal_count)
    GROUP BY 1
),
compared AS (
    SELECT u.upload_id,
           CASE WHEN u.counted THEN u.stored + u.replaced <> coalesce(s.n, 0) OR w.n IS NOT NULL
                ELSE u.stored <> coalesce(w.n, 0) OR s.n IS NOT NULL END
           OR u.rejected <> coalesce(r.n, 0) AS wrong
    FROM upload u
    LEFT JOIN standing s USING (upload_id)
    LEFT JOIN waiting w USING (upload_id)
    LEFT JOIN refused r USING (upload_id)
)
SELECT count(*), count(*) FILTER (wrong), 'upload ' || min(upload_id) FILTER (wrong) FROM compared
