-- Entries of units ($1, NULL = all) by number ($2, 0 = all), newest first.
SELECT entry_id, e.unit_id, case_id, record, act_en, months, u.enterprise_code, u.name, u.region_code, u.industry_code, u.class
FROM credit_entry e JOIN unit u USING (unit_id)
WHERE ($1 IS NULL OR contains($1, concat(',', e.unit_id, ','))) AND $2 IN (0, entry_id)
ORDER BY entry_id DESC LIMIT $3
