-- Bars by district and energy type after a brush from $1 to before $2.
SELECT region, energy, sum(quantity), sum(equivalent), sum(received), sum(expected)
FROM fact WHERE period >= $1 AND period < $2 GROUP BY region, energy ORDER BY region, energy;
