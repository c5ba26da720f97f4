-- The names that the configuration of a unit ($1) gives its data items.
SELECT data_code, any_value(name) FROM collect_item WHERE unit_id = $1 AND name IS NOT NULL GROUP BY data_code;
