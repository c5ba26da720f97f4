-- The time chart of one district ($1) and some industries (below $2).
SELECT period, sum(quantity), sum(equivalent), sum(received), sum(expected)
FROM fact WHERE region = $1 AND industry < $2 GROUP BY period ORDER BY period;
