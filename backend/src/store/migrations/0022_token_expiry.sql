-- Tokens of industry systems expire, and it is noted when they were last used. Those made before do not expire.
ALTER TABLE api_token ADD COLUMN expires_at TIMESTAMP;
ALTER TABLE api_token ADD COLUMN last_used_at TIMESTAMP;
