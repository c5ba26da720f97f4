SELECT c, is_averaged(c) FROM (SELECT CAST(unnest(range(1, 11)) AS UTINYINT) AS c) ORDER BY c;
