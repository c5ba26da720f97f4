-- How many findings of the units $1 (NULL = all) are open.
SELECT count(*) FROM quality_finding WHERE state = 'open' AND ($1 IS NULL OR contains($1, concat(',', unit_id, ',')));
