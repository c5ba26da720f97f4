-- name: points
SELECT number, definition, place FROM point ORDER BY place IS NULL, place, number
-- name: put_point
INSERT INTO point (id, definition, place, coded) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (id) DO UPDATE SET definition = ?2, place = ?3, coded = ?4
-- name: clear_places
UPDATE point SET place = NULL
-- name: drop_uncoded
DELETE FROM outbox WHERE point IN (SELECT number FROM point WHERE coded = 0)
-- name: states
SELECT point, state FROM state
-- name: put_state
INSERT INTO state (point, state) VALUES (?1, ?2) ON CONFLICT (point) DO UPDATE SET state = ?2
-- name: bucket
SELECT value, seconds, marks FROM bucket WHERE point = ?1 AND start = ?2
-- name: put_bucket
INSERT INTO bucket (point, start, value, seconds, marks) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (point, start) DO UPDATE SET value = ?3, seconds = ?4, marks = ?5
-- name: bucket_starts
SELECT start FROM bucket WHERE point = ?1 AND start >= ?2 AND start < ?3
-- name: buckets
SELECT start, value, seconds, marks FROM bucket WHERE point = ?1 AND start >= ?2 AND start < ?3 ORDER BY start
-- name: sum_buckets
SELECT sum(value), sum(seconds), max(marks & 1) + max(marks & 2) + max(marks & 4) + max(marks & 8) + max(marks & 16)
FROM bucket WHERE point = ?1 AND start >= ?2 AND start < ?3
-- name: sum_totals
SELECT sum(value), sum(seconds), max(marks & 1) + max(marks & 2) + max(marks & 4) + max(marks & 8) + max(marks & 16)
FROM total WHERE point = ?1 AND stat = ?2 AND start >= ?3 AND start < ?4
-- name: total
SELECT value, seconds, marks FROM total WHERE point = ?1 AND stat = ?2 AND start = ?3
-- name: put_total
INSERT INTO total (point, stat, start, value, seconds, marks) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (point, stat, start) DO UPDATE SET value = ?4, seconds = ?5, marks = ?6
-- name: put_manual
INSERT INTO manual (point, stat, start, value, reason, entered_by, entered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
-- name: mark_dirty
INSERT INTO dirty (stat, start, point) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
-- name: dirty
SELECT start, point FROM dirty WHERE stat = ?1 AND start <= ?2 ORDER BY start, point
-- name: clean
DELETE FROM dirty WHERE stat = ?1 AND start = ?2 AND point = ?3
-- name: put_centre
INSERT INTO centre (name) VALUES (?1) ON CONFLICT (name) DO NOTHING
-- name: centres
SELECT number, name FROM centre ORDER BY number
-- name: registration
SELECT registration, versions FROM centre WHERE number = ?1
-- name: put_registration
UPDATE centre SET registration = ?2 WHERE number = ?1
-- name: put_versions
UPDATE centre SET versions = ?2 WHERE number = ?1
-- name: seed_buckets
INSERT INTO outbox (centre, start, stat, point)
SELECT DISTINCT ?1, bucket.start / ?2 * ?2, 0, bucket.point FROM bucket JOIN point ON point.number = bucket.point
LEFT JOIN state ON state.point = bucket.point
WHERE point.coded = 1 AND (state.point IS NULL OR bucket.start + 900 <= json_extract(state.state, '$.sealed'))
ON CONFLICT DO NOTHING
-- name: seed_totals
INSERT INTO outbox (centre, start, stat, point)
SELECT ?1, total.start, total.stat, total.point FROM total JOIN point ON point.number = total.point WHERE point.coded = 1
ON CONFLICT DO NOTHING
-- name: enqueue
INSERT INTO outbox (centre, start, stat, point) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING
-- name: due
SELECT start, stat, point FROM outbox WHERE centre = ?1 AND start >= ?2 AND start < ?3
AND (stat = 0 OR start < ?4) ORDER BY start, stat, point LIMIT ?5
-- name: drop_due
DELETE FROM outbox WHERE centre = ?1 AND start = ?2 AND stat = ?3 AND point = ?4
-- name: waiting
SELECT count(*), min(start) FROM outbox WHERE centre = ?1
-- name: yesterday_waiting
SELECT count(*) FROM outbox WHERE centre = ?1 AND start >= ?2 AND start < ?3 AND stat <= 1
-- name: yesterday_rejected
SELECT count(*) FROM rejected WHERE centre = ?1 AND start >= ?2 AND start < ?3 AND stat <= 1 AND state < 2
-- name: yesterday_buckets
SELECT count(*) FROM (SELECT DISTINCT bucket.point, bucket.start / ?3 FROM point
JOIN bucket ON bucket.point = point.number AND bucket.start >= ?1 AND bucket.start < ?2 WHERE point.coded = 1)
-- name: yesterday_totals
SELECT count(*) FROM point JOIN total ON total.point = point.number AND total.stat = 1 AND total.start = ?1
WHERE point.coded = 1
-- name: put_rejected
INSERT INTO rejected (centre, point, stat, start, value, field, code, reason, at, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)
ON CONFLICT (centre, point, stat, start) DO UPDATE SET value = ?5, field = ?6, code = ?7, reason = ?8, at = ?9, state = 0
-- name: rejected
SELECT rejected.point, stat, start, value, field, code, reason, at, state, point.id, json_extract(definition, '$.name')
FROM rejected JOIN point ON point.number = rejected.point WHERE centre = ?1
ORDER BY at DESC, start, rejected.point LIMIT ?2
-- name: set_rejected
UPDATE rejected SET state = ?5 WHERE centre = ?1 AND point = ?2 AND stat = ?3 AND start = ?4
-- name: count_rejected
SELECT count(*) FROM rejected WHERE centre = ?1 AND state = 0
-- name: put_log
INSERT INTO log (at, kind, zh, en) VALUES (?1, ?2, ?3, ?4)
-- name: log
SELECT at, kind, zh, en FROM log ORDER BY id DESC LIMIT ?1
-- name: trim_log
DELETE FROM log WHERE at < ?1
-- name: trim_rejected
DELETE FROM rejected WHERE at < ?1
-- name: oldest_bucket
SELECT min(start) FROM (SELECT (SELECT min(start) FROM bucket WHERE bucket.point = point.number) AS start FROM point)
-- name: oldest_due
SELECT min(start) FROM (SELECT (SELECT min(start) FROM outbox WHERE outbox.centre = centre.number AND outbox.stat <= 1) AS start FROM centre)
-- name: oldest_dirty
SELECT min(start) FROM dirty WHERE stat = 1
-- name: drop_buckets
DELETE FROM bucket WHERE point = ?1 AND start < ?2
-- name: numbers
SELECT number FROM point ORDER BY number
-- name: pages
SELECT page_count - freelist_count, page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size
-- name: export
SELECT start, value, seconds, marks FROM bucket WHERE point = ?1 AND start >= ?2 AND start < ?3 ORDER BY start
