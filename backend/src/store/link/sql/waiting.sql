SELECT CAST(count(*) AS UBIGINT), strftime(min(since), '%Y-%m-%d %H:%M:%S'),
       CAST((SELECT count(*) FROM link_refused WHERE upper = $1) AS UBIGINT)
FROM link_due WHERE upper = $1
