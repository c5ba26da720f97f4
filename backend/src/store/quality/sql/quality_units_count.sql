-- How many approved units regions ($1, '' = all) and industries ($2, by prefix) hold, each separated by commas, of the units $3
-- (NULL = all).
SELECT count(*) FROM unit u
WHERE u.approved AND ($1 = '' OR list_contains(string_split($1, ','), u.region_code)) AND ($2 = '' OR list_has_any(string_split($2, ','),
        [u.industry_code[:1], u.industry_code[:2], u.industry_code[:3], u.industry_code[:4], u.industry_code]))
  AND ($3 IS NULL OR contains($3, concat(',', u.unit_id, ',')));
