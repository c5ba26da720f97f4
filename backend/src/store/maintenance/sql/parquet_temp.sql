CREATE OR REPLACE TEMP TABLE leaving_item (item_id INTEGER, enterprise_code VARCHAR, data_code VARCHAR, unit_of_measure VARCHAR);
