-- Rows that the planner counts in a temporary table ($1), deleted ones included.
SELECT estimated_size FROM duckdb_tables() WHERE temporary AND table_name = $1
