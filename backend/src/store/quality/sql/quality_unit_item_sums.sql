-- Quality of the items of one unit ($1, credit code) over $2 to $3.
SELECT i.data_code, i.energy_type, CAST(sum(expected) AS BIGINT), CAST(sum(least(received, expected)) AS BIGINT),
       count(*) FILTER (timed), count(*) FILTER (timed AND late_hours = 0), count(*) FILTER (has_data),
       count(*) FILTER (valid), count(*) FILTER (conforms),
       (SELECT count(*) FROM quality_finding f WHERE f.item_id = i.item_id AND f.state = 'open')
FROM quality_day q
JOIN unit u ON u.unit_id = q.unit_id
JOIN item i ON i.item_id = q.item_id
WHERE u.enterprise_code = $1 AND q.day BETWEEN CAST($2 AS DATE) AND CAST($3 AS DATE)
GROUP BY i.item_id, i.data_code, i.energy_type ORDER BY i.data_code;
