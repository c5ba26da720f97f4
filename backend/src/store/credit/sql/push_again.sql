-- What waits is tried now, and what was refused is tried again.
UPDATE credit_push SET state = 'waiting', next_at = CAST($1 AS TIMESTAMP) WHERE state <> 'sent'
