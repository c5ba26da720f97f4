DELETE FROM link_due WHERE upper = $1 AND EXISTS (
    SELECT 1 FROM link_done d WHERE d.item_id = link_due.item_id AND d.day = link_due.day AND d.change = link_due.change)
