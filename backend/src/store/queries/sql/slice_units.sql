-- Ids of the approved units of the districts $1, the industries $2 (prefixes), the classes $3 and the credit codes $4, each
-- comma-separated and '' for all; of the units $5 (NULL = all).
SELECT string_agg(unit_id, ',')
FROM unit
WHERE approved AND is_within(region_code, industry_code, $1, $2)
  AND ($3 = '' OR list_contains(string_split($3, ','), class))
  AND ($4 = '' OR list_contains(string_split($4, ','), enterprise_code))
  AND ($5 IS NULL OR contains($5, concat(',', unit_id, ',')));
