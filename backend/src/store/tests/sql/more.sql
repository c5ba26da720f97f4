-- What a third upload brings: the missing day of the second unit, with its roll-ups, and a target.
INSERT INTO rollup_day VALUES (20, '2025-03-31', 9, true, 0, false);
UPDATE rollup_month SET quantity = 16, days = 2 WHERE item_id = 20;
INSERT INTO upload VALUES (3, '2025-04-01 02:00:00', 2, 'd2', 'energy', 1, 1, 0, 0, 0, true, '2025-03-31', '2025-03-31', 0);
INSERT INTO target VALUES ('region', '120000', 'total_tce', 2025, 2025, 1000, 'equivalent', 'test');
