-- How many pairs of an approved unit of $1 (NULL = all) and an energy type have data.
SELECT count(DISTINCT (unit_id, energy_type)) FROM v_counted_item JOIN unit USING (unit_id)
WHERE approved AND ($1 IS NULL OR contains($1, concat(',', unit_id, ',')));
