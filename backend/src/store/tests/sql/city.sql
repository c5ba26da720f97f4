-- Two units with an hourly, a daily and a monthly item over the last days of March 2025.
INSERT INTO unit VALUES
    (1, '911201120000000191', '甲', '120101', 'C3120', 'thousand', NULL, false, NULL, NULL, '2025-01-01', '2025-01-01', true),
    (2, '91120110MA06ABCDX2', '乙', '120102', 'C3011', 'ten_thousand', NULL, false, NULL, NULL, '2025-01-01', '2025-01-01', true);
INSERT INTO device VALUES ('d1', 1, 'approved', '2025-01-01', '2025-01-02', 'admin', '01:00:00', NULL);
INSERT INTO item VALUES
    (10, 1, '00-00-0000-023300-11', 1, '00', 2, '3300', '11', true, 24, '2025-03-30', '2025-03-29', '2025-03-31', '2025-01-01'),
    (11, 1, '00-00-0000-090200-30', 1, '00', 9, '0200', '30', true, 0, NULL, NULL, NULL, '2025-01-01'),
    (20, 2, '00-00-0000-010100-11', 1, '00', 1, '0100', '11', true, 1, NULL, '2025-03-30', '2025-03-31', '2025-01-01');
INSERT INTO rollup_day VALUES
    (10, '2025-03-29', 5, true, 0, false), (10, '2025-03-30', 6, false, 24, false), (10, '2025-03-31', 3, false, 12, false),
    (20, '2025-03-30', 7, true, 0, false);
INSERT INTO rollup_month VALUES
    (10, '2025-03-01', 14, false, 3), (11, '2025-03-01', 100, true, 0), (20, '2025-03-01', 7, false, 1);
INSERT INTO upload VALUES
    (1, '2025-04-01 01:00:00', 1, 'd1', 'energy', 4, 4, 0, 0, 0, true, '2025-03-29', '2025-03-31', 0),
    (2, '2025-04-01 01:05:00', 2, 'd2', 'energy', 1, 1, 0, 0, 0, true, '2025-03-30', '2025-03-30', 0);
