-- Longer than anyone waits.
SELECT count(*) FROM range(10000000000000) AS a (i) WHERE i % 7 = 3
