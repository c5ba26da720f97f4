-- tce on the equivalent basis by district and energy type.
SELECT region, energy, sum(equivalent) FROM fact GROUP BY region, energy ORDER BY region, energy;
