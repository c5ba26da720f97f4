-- Readings of the exported items of one month ($1) within the span $2 to before $3, in the order of their items.
COPY (
    SELECT i.enterprise_code, i.data_code, r.stat_type, r.ts AS stat_date, r.value, i.unit_of_measure, r.valid,
           r.input_type, r.upload_id
    FROM reading r JOIN leaving_item i USING (item_id)
    WHERE r.ts >= CAST($1 || '-01' AS TIMESTAMP) AND r.ts < CAST($1 || '-01' AS DATE) + INTERVAL 1 MONTH
      AND r.ts >= CAST($2 AS TIMESTAMP) AND r.ts < CAST($3 AS TIMESTAMP)
    ORDER BY i.enterprise_code, i.data_code, r.stat_type, r.ts
) TO $4 (FORMAT parquet, COMPRESSION zstd)
