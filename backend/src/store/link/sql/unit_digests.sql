-- A digest of what `unit_described.sql`, `unit_collect_items.sql` and `unit_meters.sql` say of each unit.
WITH items AS (
    SELECT unit_id, bit_xor(hash(data_code, stat_type, name, value_max, value_min)) AS digest FROM collect_item GROUP BY unit_id
),
meters AS (SELECT unit_id, bit_xor(hash(meter_code, raw)) AS digest FROM meter GROUP BY unit_id)
SELECT u.unit_id, CAST(hash(u.enterprise_code, u.name, u.region_code, u.industry_code, u.energy_level, u.profile,
       u.energy_conversion, i.digest, m.digest) AS VARCHAR)
FROM unit u LEFT JOIN items i USING (unit_id) LEFT JOIN meters m USING (unit_id)
