UPDATE link_due SET change = change + 1 FROM link_changed c
WHERE link_due.upper = $1 AND link_due.item_id = c.item_id AND link_due.day = c.day
