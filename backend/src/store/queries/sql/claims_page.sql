-- Claims of a state ($1) or any (''), matching a text ($2), before a number ($3), newest first, $4 at most; beside each the
-- terminal in place, with what it sent since $5. One claim: $6 is its number, else -1.
WITH page AS (
    SELECT c.*, u.name, u.region_code AS unit_region
    FROM claim c LEFT JOIN unit u USING (enterprise_code)
    WHERE $1 IN ('', c.state) AND c.claim_id < $3 AND $6 IN (-1, c.claim_id)
      AND ($2 = '' OR contains(c.enterprise_code, $2) OR contains(coalesce(u.name, ''), $2)
           OR contains(coalesce(c.address, ''), $2) OR contains(coalesce(c.subject, ''), $2))
    ORDER BY c.claim_id DESC LIMIT $4
),
standing AS (
    SELECT r.enterprise_code, d.device_id, d.state, d.registered_at, d.approved_at, d.approved_by, d.last_seen
    FROM registration r JOIN device d USING (device_id)
    WHERE r.ended_at IS NULL AND r.enterprise_code IN (SELECT enterprise_code FROM page)
),
sent AS (
    SELECT sent_by AS device_id, count(*) AS uploads, sum(stored) AS stored, sum(rejected) AS rejected
    FROM upload
    WHERE received_at >= CAST($5 AS TIMESTAMP) AND sent_by IN (SELECT device_id FROM standing)
    GROUP BY sent_by
)
SELECT p.claim_id, p.enterprise_code, p.profile, p.address, p.address_proves, p.certificate, p.subject, p.region,
       strftime(p.first_at, '%Y-%m-%d %H:%M:%S'), strftime(p.last_at, '%Y-%m-%d %H:%M:%S'), p.attempts, p.state,
       strftime(p.decided_at, '%Y-%m-%d %H:%M:%S'), p.decided_by, p.reason, strftime(p.pickup_until, '%Y-%m-%d %H:%M:%S'),
       strftime(p.picked_up_at, '%Y-%m-%d %H:%M:%S'), p.given_device_id, coalesce(p.name, ''), p.unit_region,
       s.device_id, s.state, strftime(s.registered_at, '%Y-%m-%d %H:%M:%S'), strftime(s.approved_at, '%Y-%m-%d %H:%M:%S'),
       s.approved_by, strftime(s.last_seen, '%Y-%m-%d %H:%M:%S'), CAST(coalesce(w.uploads, 0) AS UBIGINT),
       CAST(coalesce(w.stored, 0) AS UBIGINT), CAST(coalesce(w.rejected, 0) AS UBIGINT)
FROM page p LEFT JOIN standing s USING (enterprise_code) LEFT JOIN sent w USING (device_id)
ORDER BY p.claim_id DESC
