SELECT i.item_id, i.data_code, u.enterprise_code FROM item i JOIN unit u USING (unit_id)
WHERE $1 = '' OR u.enterprise_code = $1
