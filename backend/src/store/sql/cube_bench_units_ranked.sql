-- The twenty largest units between $1 and before $2.
SELECT unit_id, sum(equivalent) AS tce FROM fact WHERE period >= $1 AND period < $2 GROUP BY unit_id ORDER BY tce DESC LIMIT 20;
