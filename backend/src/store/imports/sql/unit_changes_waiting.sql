SELECT DISTINCT unit_id FROM unit_change WHERE state = 'pending'
