-- Registrations that lie on disk as they are; $1 is what an encrypted one begins with.
SELECT l.upper, l.unit_id, u.enterprise_code, l.registration FROM link_unit l JOIN unit u USING (unit_id)
WHERE l.registration IS NOT NULL AND NOT starts_with(l.registration, $1)
