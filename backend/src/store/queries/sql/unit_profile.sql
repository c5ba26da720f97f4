-- `enterprise` of a unit's ($1) configuration upload, as stored.
SELECT profile FROM unit WHERE unit_id = $1;
