DELETE FROM link_refused WHERE upper = $1 AND EXISTS (
    SELECT 1 FROM link_tried t
    WHERE t.item_id = link_refused.item_id AND t.stat_type = link_refused.stat_type AND t.ts = link_refused.ts)
