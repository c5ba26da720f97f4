UPDATE item SET points_per_day = t.points_per_day, realtime_from = t.realtime_from,
                first_day = t.first_day, last_day = t.last_day
FROM item_touch t WHERE item.item_id = t.item_id;
UPDATE device SET last_seen = s.last_seen FROM device_seen s WHERE device.device_id = s.device_id;
