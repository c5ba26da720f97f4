-- A store as the program before 0013_uploads_of_nobody left it.
ALTER TABLE quality_unit DROP COLUMN assessed_upload;
ALTER TABLE quality_unit RENAME COLUMN assessed_on TO judged_on;
DROP TABLE marked_stamp;
ALTER TABLE quality_finding RENAME COLUMN waive_reason TO excuse_reason;
ALTER TABLE quality_finding RENAME COLUMN waived_by TO excused_by;
ALTER TABLE quality_finding RENAME COLUMN waived_at TO excused_at;
ALTER TABLE upload RENAME COLUMN awaiting_approval TO held;
ALTER TABLE bulk_upload RENAME COLUMN awaiting_approval TO held;
INSERT INTO quality_finding
SELECT 1, unit_id, NULL, 'silent', DATE '2025-03-01', DATE '2025-03-02', 2, 2, 'excused',
       TIMESTAMP '2025-03-03 00:00:00', TIMESTAMP '2025-03-03 00:00:00', NULL, 'repair', 'operator', TIMESTAMP '2025-03-03 00:00:00'
FROM unit LIMIT 1;
DROP TABLE dictionary_download;
DROP TABLE replacement_decision;
ALTER TABLE replacement DROP COLUMN decision_id;
DROP TABLE audit_entry;
DROP TABLE audit_anchor;
DROP TABLE account;
DROP TABLE session;
ALTER TABLE api_token DROP COLUMN last_used_at;
ALTER TABLE api_token DROP COLUMN expires_at;
DROP TABLE sign_in_failure;
DROP TABLE provider_identity;
ALTER TABLE registration DROP COLUMN old_device_id;
ALTER TABLE registration DROP COLUMN old_certificate;
ALTER TABLE registration DROP COLUMN old_accepted_until;
ALTER TABLE registration DROP COLUMN rotation_asked_at;
ALTER TABLE registration DROP COLUMN rotation_asked_by;
DROP TABLE visit;
DROP TABLE submission;
DROP TABLE finding_answer;
DROP TABLE finding_step;
DROP TABLE outage;
DROP TABLE tariff;
DROP TABLE unit_plan;
DROP TABLE unit_share;
DROP TABLE savings_project;
DROP TABLE savings_step;
DROP TABLE draft;
DROP TABLE temperature;
DROP TABLE unit_shifts;
DROP TABLE evidence_file;
DROP TABLE programme;
