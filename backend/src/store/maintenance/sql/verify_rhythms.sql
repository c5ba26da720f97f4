-- First and last days and the most points a day of every item against its readings and what the retention left of them;
-- $1 is the upload up to which roll-ups hold.
WITH seen AS (
    SELECT item_id, stat_type, CAST(ts AS DATE) AS day, minute(ts) <> 0 AS fine FROM reading WHERE stat_type < 2
    UNION ALL
    SELECT item_id, stat_type, day, fine FROM retired_day
),
should AS (
    SELECT item_id, min(day) AS first_day, max(day) AS last_day, min(day) FILTER (stat_type = 0) AS realtime_from,
           max(CASE WHEN stat_type = 0 AND fine THEN 96 WHEN stat_type = 0 THEN 24 ELSE 1 END) AS points
    FROM seen GROUP BY item_id
),
compared AS (
    SELECT i.item_id,
           i.first_day IS DISTINCT FROM s.first_day OR i.last_day IS DISTINCT FROM s.last_day
           OR i.realtime_from IS DISTINCT FROM s.realtime_from OR i.points_per_day <> coalesce(s.points, 0) AS wrong
    FROM item i
    LEFT JOIN should s USING (item_id)
    ANTI JOIN (SELECT DISTINCT item_id FROM reading WHERE upload_id > $1) waiting USING (item_id)
)
SELECT count(*), count(*) FILTER (wrong), 'item ' || min(item_id) FILTER (wrong) FROM compared
