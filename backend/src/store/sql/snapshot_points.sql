-- Received and expected points of the units $1 (ids, comma-separated) by energy type and month up to $2, yesterday.
SELECT unit_id, CAST(year(month) * 12 + month(month) - 1 AS INTEGER), received, expected, energy_type
FROM points_of_months($1, DATE '1900-01-01', $2, $2);
