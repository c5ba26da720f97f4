-- Received and expected points by unit, energy type and day from $1 to $2 (the caller ends them at yesterday),
-- days since 1970-01-01; of the units $3 (NULL = all).
SELECT unit_id, energy_type, CAST(day - DATE '1970-01-01' AS INTEGER), received, expected
FROM points_of_days($1, $2)
WHERE ($3 IS NULL OR contains($3, concat(',', unit_id, ',')));
