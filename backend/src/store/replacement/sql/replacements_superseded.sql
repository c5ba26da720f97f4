UPDATE replacement SET state = 'superseded', decided_at = CAST(? AS TIMESTAMP) FROM pending_key a
WHERE replacement.state = 'open' AND replacement.item_id = a.item_id AND replacement.stat_type = a.stat_type
  AND replacement.ts = a.ts
