INSERT INTO link_due (upper, item_id, day, since, change)
SELECT $1, c.item_id, c.day, CAST($2 AS TIMESTAMP), 0 FROM link_changed c
ANTI JOIN (SELECT item_id, day FROM link_due WHERE upper = $1) d ON d.item_id = c.item_id AND d.day = c.day
