-- Credentials that lie on disk as they are; $1 is what a encrypted one begins with.
SELECT enterprise_code, kind, value FROM credential WHERE NOT starts_with(value, $1);
