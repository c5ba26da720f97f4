SELECT count(*), count(DISTINCT (data_code, stat_type, stat_date)), sum(value), string_agg(DISTINCT month, ',' ORDER BY month)
FROM read_parquet($1, hive_partitioning = true, hive_types_autocast = false)
WHERE enterprise_code = '911201120000000191' AND stat_type = 0 AND valid AND upload_id = 1
