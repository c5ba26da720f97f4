-- Rules and figures that several statements share.

-- Whether a unit lies in districts and industries (by prefix), each separated by commas and '' for all.
CREATE OR REPLACE MACRO is_within(region_code, industry_code, regions, industries) AS
    (regions = '' OR list_contains(string_split(regions, ','), region_code))
    AND (industries = '' OR list_has_any(string_split(industries, ','),
         [industry_code[:1], industry_code[:2], industry_code[:3], industry_code[:4], industry_code]));

-- Received and expected points of units (ids, comma-separated) by energy type and month, in the months from a day to
-- another, as of the day `until`. An item expects the points of its rhythm on days from its first real-time day on, and one a
-- day before that. An item that has no days is due once a month: ten days after the month, or 31 after the year where only
-- years come.
CREATE OR REPLACE MACRO points_of_months(units, from_day, to_day, until) AS TABLE
WITH wanted AS (SELECT unnest(CAST(string_split(units, ',') AS INTEGER[])) AS unit_id),
counted AS (
    SELECT unit_id, energy_type, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    JOIN wanted USING (unit_id)
    WHERE points_per_day > 0 AND first_day <= least(CAST(to_day AS DATE), CAST(until AS DATE))
),
came AS (
    SELECT c.unit_id, c.energy_type, CAST(date_trunc('month', d.day) AS DATE) AS month,
           sum(received_points(c.ppd, c.realtime_from, d.day, d.received, d.quantity)) AS received
    FROM counted c JOIN rollup_day d USING (item_id)
    WHERE d.day BETWEEN c.first_day AND least(CAST(to_day AS DATE), CAST(until AS DATE)) AND d.day >= CAST(from_day AS DATE)
    GROUP BY ALL
),
begun AS (SELECT min(first_day) AS first_day FROM counted),
calendar AS (
    SELECT CAST(unnest(generate_series(date_trunc('month', greatest(first_day, CAST(from_day AS DATE))),
                                       least(CAST(to_day AS DATE), CAST(until AS DATE)), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM begun
),
overlap AS (
    SELECT c.unit_id, c.energy_type, m.month, c.ppd, c.realtime_from,
           greatest(m.month, c.first_day) AS a, least(last_day(m.month), CAST(until AS DATE)) AS b
    FROM counted c JOIN calendar m ON last_day(m.month) >= c.first_day
),
due AS (
    SELECT unit_id, energy_type, month, sum(expected_points(ppd, realtime_from, a, b)) AS expected
    FROM overlap GROUP BY ALL
),
coarse AS (
    SELECT c.unit_id, c.energy_type, c.item_id, min(m.month) AS first, bool_or(m.reported) AS monthly
    FROM v_counted_item c
    JOIN wanted USING (unit_id)
    JOIN rollup_month m USING (item_id)
    WHERE c.points_per_day = 0 AND m.quantity IS NOT NULL
    GROUP BY ALL
),
coarse_calendar AS (
    SELECT unit_id, energy_type, item_id, monthly,
           CAST(unnest(generate_series(first, CAST(until AS DATE), INTERVAL 1 MONTH)) AS DATE) AS month
    FROM coarse
),
coarse_points AS (
    SELECT k.unit_id, k.energy_type, k.month, count(m.quantity) AS received, count(*) AS expected
    FROM coarse_calendar k LEFT JOIN rollup_month m ON m.item_id = k.item_id AND m.month = k.month
    WHERE k.month BETWEEN CAST(from_day AS DATE) AND CAST(to_day AS DATE)
      AND (m.quantity IS NOT NULL OR month_is_due_on(k.month, k.monthly) <= CAST(until AS DATE))
    GROUP BY ALL
)
SELECT unit_id, energy_type, month, CAST(coalesce(c.received, 0) AS UINTEGER) AS received,
       CAST(d.expected AS UINTEGER) AS expected
FROM due d LEFT JOIN came c USING (unit_id, energy_type, month)
UNION ALL
SELECT unit_id, energy_type, month, CAST(received AS UINTEGER), CAST(expected AS UINTEGER) FROM coarse_points;

-- Received and expected points of all units by energy type and day, from a day to another.
CREATE OR REPLACE MACRO points_of_days(from_day, until) AS TABLE
WITH calendar AS (
    SELECT CAST(unnest(generate_series(CAST(from_day AS DATE), CAST(until AS DATE), INTERVAL 1 DAY)) AS DATE) AS day
),
counted AS (
    SELECT unit_id, energy_type, item_id, points_per_day AS ppd, first_day, realtime_from
    FROM v_counted_item
    WHERE points_per_day > 0 AND first_day <= CAST(until AS DATE)
)
SELECT c.unit_id, c.energy_type, k.day,
       CAST(sum(received_points(c.ppd, c.realtime_from, k.day, d.received, d.quantity)) AS UINTEGER) AS received,
       CAST(sum(expected_points(c.ppd, c.realtime_from, k.day, k.day)) AS UINTEGER) AS expected
FROM counted c
JOIN calendar k ON k.day >= c.first_day
LEFT JOIN rollup_day d
    ON d.item_id = c.item_id AND d.day = k.day AND d.day BETWEEN CAST(from_day AS DATE) AND CAST(until AS DATE)
GROUP BY ALL;
