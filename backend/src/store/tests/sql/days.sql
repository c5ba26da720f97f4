SELECT i.data_code, CAST(r.day AS VARCHAR), r.quantity, r.reported, r.received, r.manual
FROM rollup_day r JOIN item i USING (item_id)
