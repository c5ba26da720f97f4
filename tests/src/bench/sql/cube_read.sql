-- Every fact, in the order it lies in.
SELECT unit_id, energy, period, quantity, calorific, equivalent, received, expected FROM fact;
