-- Decisions that can be undone ($1, 0 = the last ones), newest first: each of their values still stands as the decision
-- left it, and no later value was proposed in its place.
WITH decided AS (
    SELECT * FROM replacement_decision WHERE undone_at IS NULL AND $1 IN (0, decision_id)
    ORDER BY decision_id DESC LIMIT 20
),
own AS (
    SELECT r.*, d.state = 'approved' AS approved FROM replacement r JOIN decided d USING (decision_id)
),
compared AS (
    SELECT o.decision_id,
           later.replacement_id IS NULL
           AND CASE WHEN approved
                    THEN (s.value, s.valid, s.upload_id) = (o.value, o.valid, o.upload_id) AND h.item_id IS NOT NULL
                    ELSE (s.value, s.valid, s.upload_id) = (o.old_value, o.old_valid, o.old_upload_id) END AS stands
    FROM own o
    LEFT JOIN reading s ON s.item_id = o.item_id AND s.stat_type = o.stat_type AND s.ts = o.ts
    LEFT JOIN reading_history h ON h.item_id = o.item_id AND h.stat_type = o.stat_type AND h.ts = o.ts
              AND h.upload_id = o.old_upload_id AND h.replaced_by = o.upload_id
    LEFT JOIN replacement later ON later.item_id = o.item_id AND later.stat_type = o.stat_type AND later.ts = o.ts
              AND later.replacement_id > o.replacement_id
)
SELECT d.decision_id, d.state, d.replacements, strftime(d.decided_at, '%Y-%m-%d %H:%M:%S'), d.decided_by
FROM decided d JOIN compared USING (decision_id)
GROUP BY ALL HAVING bool_and(coalesce(stands, false))
ORDER BY d.decision_id DESC
