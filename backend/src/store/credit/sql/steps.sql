-- Steps of some entries ($1, ',1,2,'), in their order.
SELECT entry_id, step, taken_by, strftime(on_day, '%Y-%m-%d'), strftime(entered_at, '%Y-%m-%d %H:%M:%S'), text
FROM credit_step WHERE contains($1, concat(',', entry_id, ',')) ORDER BY entry_id, rowid
