INSERT INTO dim_usage_role (usage, role, sign) VALUES (?, ?, ?);
