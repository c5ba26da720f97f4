-- Rejected entries of the seven days up to $1 by unit and code, of devices that somebody approved, files and industry systems;
-- of the units $2 (NULL = all). With each code the last reason and the last upload that holds it; entries that were only
-- counted have no code.
WITH sent AS (
    SELECT upload_id, unit_id, rejected FROM upload
    WHERE kind IN ('energy', 'import', 'bulk') AND received_at >= CAST($1 AS DATE) - 6 AND rejected > 0
      AND sent_by NOT IN (SELECT device_id FROM device WHERE approved_at IS NULL)
      AND unit_id IS NOT NULL AND ($2 IS NULL OR contains($2, concat(',', unit_id, ',')))
),
kept AS (
    SELECT s.unit_id, r.code, count(*) AS entries, arg_max(r.reason_zh, s.upload_id) AS zh,
           arg_max(r.reason_en, s.upload_id) AS en, max(s.upload_id) AS upload_id
    FROM sent s JOIN rejected r USING (upload_id) GROUP BY s.unit_id, r.code
),
counted AS (SELECT unit_id, sum(rejected) AS entries FROM sent GROUP BY unit_id)
SELECT unit_id, entries::UBIGINT, code, zh, en, upload_id FROM kept
UNION ALL
SELECT c.unit_id, (c.entries - coalesce(k.entries, 0))::UBIGINT, NULL, NULL, NULL, NULL
FROM counted c LEFT JOIN (SELECT unit_id, sum(entries) AS entries FROM kept GROUP BY unit_id) k USING (unit_id)
WHERE c.entries > coalesce(k.entries, 0)
ORDER BY 1, 2 DESC;
