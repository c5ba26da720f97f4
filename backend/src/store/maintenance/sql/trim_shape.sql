SELECT sql FROM duckdb_tables() WHERE table_name = $1 AND NOT temporary
