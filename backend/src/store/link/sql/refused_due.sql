INSERT INTO link_due (upper, item_id, day, since, change)
SELECT DISTINCT $1, r.item_id, CAST(r.ts AS DATE), CAST($2 AS TIMESTAMP), 0 FROM link_refused r
JOIN item i USING (item_id)
ANTI JOIN (SELECT unit_id FROM link_member WHERE upper = $1 AND left_at IS NOT NULL) l ON l.unit_id = i.unit_id
ANTI JOIN (SELECT item_id, day FROM link_due WHERE upper = $1) d ON d.item_id = r.item_id AND d.day = CAST(r.ts AS DATE)
WHERE r.upper = $1
