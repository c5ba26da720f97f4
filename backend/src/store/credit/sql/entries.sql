-- Entries of units ($1, NULL = all) by number ($2, 0 = all), newest first, each with the state of its newest content for
-- the platform.
SELECT entry_id, case_id, record, act_en, months, p.state, u.enterprise_code, u.name, u.region_code, u.industry_code, u.class
FROM credit_entry e
JOIN unit u USING (unit_id)
LEFT JOIN (SELECT entry_id, arg_max(state, push_id) AS state FROM credit_push GROUP BY entry_id) p USING (entry_id)
WHERE ($1 IS NULL OR contains($1, concat(',', e.unit_id, ','))) AND $2 IN (0, entry_id)
ORDER BY entry_id DESC LIMIT $3
