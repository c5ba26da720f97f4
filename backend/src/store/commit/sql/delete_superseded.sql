DELETE FROM reading USING superseded_key g
WHERE reading.item_id = g.item_id AND reading.stat_type = g.stat_type AND reading.ts = g.ts
