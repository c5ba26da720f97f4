DELETE FROM reading_history h USING replacement r
WHERE h.item_id = r.item_id AND h.stat_type = r.stat_type AND h.ts = r.ts
  AND h.upload_id = r.old_upload_id AND h.replaced_by = r.upload_id AND r.decision_id = $1
