-- Units, devices and credentials as version 7 of the schema kept them, one unit for each profile.
INSERT INTO unit
SELECT n, 'unit ' || n, 'name', '120112', '', 'thousand', NULL, false, NULL, NULL, TIMESTAMP '2026-01-01', TIMESTAMP '2026-01-01'
FROM generate_series(1, 5) t(n);
INSERT INTO device
SELECT 'device ' || n, n, 'approved', TIMESTAMP '2026-01-02 03:04:05', NULL, NULL, '01:00:00', NULL
FROM generate_series(1, 4) t(n);
INSERT INTO credential VALUES
    ('unit 2', 'secret_key', 'k', TIMESTAMP '2026-01-02', NULL),
    ('unit 3', 'working_key', 'w', TIMESTAMP '2026-01-02', NULL),
    ('unit 3', 'password', 'p', TIMESTAMP '2026-01-02', NULL),
    ('unit 4', 'certificate', 'ab', TIMESTAMP '2026-01-02', NULL),
    ('unit 5', 'working_key', 'w', TIMESTAMP '2026-01-02', NULL);
