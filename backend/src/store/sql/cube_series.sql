-- How many pairs of an approved unit and an energy type have data.
SELECT count(DISTINCT (unit_id, energy_type)) FROM v_counted_item JOIN unit USING (unit_id) WHERE approved;
