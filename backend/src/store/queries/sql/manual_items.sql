-- Items of the unit $1 that have values of days or months, with the days from $2 to $3 on which they have none.
SELECT i.data_code, i.energy_type,
       CAST(CASE WHEN i.points_per_day = 0 THEN 0
            ELSE greatest(0, CAST($3 AS DATE) - greatest(CAST($2 AS DATE), i.first_day) + 1) - count(d.day) END AS UINTEGER)
FROM item i
LEFT JOIN rollup_day d ON d.item_id = i.item_id AND d.quantity IS NOT NULL AND d.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
     AND d.day >= i.first_day
WHERE i.unit_id = $1 AND i.first_day IS NOT NULL
GROUP BY i.data_code, i.energy_type, i.points_per_day, i.first_day, i.scope
ORDER BY i.scope, i.data_code;
