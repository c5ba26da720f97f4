-- Bytes of configurations and meters that wait with devices and units nobody approved. A meter's row costs some beside
-- its text.
SELECT CAST(
    coalesce((SELECT sum(strlen(message)) FROM pending_config), 0)
    + coalesce((SELECT sum(coalesce(strlen(config), 0) + coalesce(strlen(profile), 0)) FROM unit WHERE NOT approved), 0)
    + coalesce((SELECT sum(strlen(raw) + 64) FROM meter WHERE unit_id IN (SELECT unit_id FROM unit WHERE NOT approved)), 0)
    AS UBIGINT)
