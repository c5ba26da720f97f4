-- Refused rows whose unit is not known were filed under a unit that does not exist; they are filed under nobody.
UPDATE upload SET unit_id = NULL WHERE unit_id IS NOT NULL AND unit_id NOT IN (SELECT unit_id FROM unit);
