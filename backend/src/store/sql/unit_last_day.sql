-- Id, last day of any figure of one unit, by its credit code; a reported month stands for its days.
SELECT u.unit_id,
       CAST((SELECT min(first_day) FROM v_counted_item c WHERE c.unit_id = u.unit_id) AS VARCHAR),
       CAST(greatest(
           (SELECT max(last_day) FROM v_counted_item c WHERE c.unit_id = u.unit_id),
           (SELECT max(last_day(m.month)) FROM v_counted_item c JOIN rollup_month m USING (item_id)
            WHERE c.unit_id = u.unit_id AND m.reported)) AS VARCHAR)
FROM unit u WHERE u.enterprise_code = $1;
