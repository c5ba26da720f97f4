-- Item-days of the uploads after $1 up to $2, from the day $3 on.
WITH found AS (
    SELECT DISTINCT item_id, CAST(ts AS DATE) - DATE '1970-01-01' AS day FROM reading
    WHERE upload_id > $1 AND upload_id <= $2 AND ts >= CAST($3 AS TIMESTAMP)
)
SELECT f.item_id, CAST(f.day AS INTEGER), i.data_code, u.enterprise_code, u.region_code
FROM found f JOIN item i USING (item_id) JOIN unit u USING (unit_id) WHERE u.approved
