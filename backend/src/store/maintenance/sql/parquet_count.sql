SELECT count(*) FROM read_parquet($1)
