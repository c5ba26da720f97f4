DELETE FROM link_sent WHERE upper = $1 AND EXISTS (
    SELECT 1 FROM link_done d WHERE d.item_id = link_sent.item_id AND d.day = link_sent.day)
