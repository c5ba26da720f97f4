DELETE FROM link_sent WHERE upper = $1 AND EXISTS (
    SELECT 1 FROM link_refused r WHERE r.upper = $1 AND r.item_id = link_sent.item_id AND CAST(r.ts AS DATE) = link_sent.day)
