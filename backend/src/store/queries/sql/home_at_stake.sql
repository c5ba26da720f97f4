-- tce at stake of findings ($1, a list of numbers): what the item, or the whole unit, uses on a usual day (the median of the 60
-- days before the finding, in which other faults may lie), times the finding's days. Findings without such days are not there.
WITH wanted AS (
    SELECT f.finding_id, f.unit_id, f.item_id, f.from_day, f.days
    FROM (SELECT unnest(CAST($1 AS INTEGER[])) AS finding_id) JOIN quality_finding f USING (finding_id)
),
by_day AS (
    SELECT w.finding_id, w.days, e.day, sum(abs(e.tce)) AS tce
    FROM wanted w JOIN v_energy_day e ON e.unit_id = w.unit_id AND e.basis = 'equivalent'
         AND e.day BETWEEN w.from_day - 60 AND w.from_day - 1 AND (w.item_id IS NULL OR e.item_id = w.item_id)
    WHERE e.tce IS NOT NULL
    GROUP BY w.finding_id, w.days, e.day
)
SELECT finding_id, median(tce) * days FROM by_day GROUP BY finding_id, days;
