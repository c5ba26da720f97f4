-- Rows of a table, and a sum over them that any changed, lost or doubled row changes; their order does not matter.
SELECT count(*), CAST(coalesce(sum(CAST(hash(t) AS HUGEINT)), 0) AS VARCHAR) FROM query_table($1) t
