-- Readings of the stat type $2 before the day $1 of the items $3 to $4 whose roll-up is written. A day that has its
-- summary already keeps it, and whatever came for it later.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT r.* FROM reading r
SEMI JOIN rollup_day u ON u.item_id = r.item_id AND u.day = CAST(r.ts AS DATE)
ANTI JOIN retired_day d ON d.item_id = r.item_id AND d.stat_type = r.stat_type AND d.day = CAST(r.ts AS DATE)
WHERE r.stat_type = $2 AND r.ts < CAST($1 AS TIMESTAMP) AND r.item_id BETWEEN $3 AND $4
