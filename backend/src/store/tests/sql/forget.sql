-- As if the process had ended after its commits and before its first roll-up.
DELETE FROM rollup_day;
DELETE FROM rollup_month;
UPDATE item SET points_per_day = 0, realtime_from = NULL, first_day = NULL, last_day = NULL;
UPDATE meta SET value = '0' WHERE key = 'rolled_up_to';
