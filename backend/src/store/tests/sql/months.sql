SELECT i.data_code, CAST(r.month AS VARCHAR), r.quantity, r.reported, r.days
FROM rollup_month r JOIN item i USING (item_id)
