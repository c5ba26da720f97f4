-- Columns and values in the words of the glossary.
UPDATE quality_finding SET state = 'waived' WHERE state = 'excused';
ALTER TABLE quality_finding RENAME COLUMN excuse_reason TO waive_reason;
ALTER TABLE quality_finding RENAME COLUMN excused_by TO waived_by;
ALTER TABLE quality_finding RENAME COLUMN excused_at TO waived_at;
ALTER TABLE upload RENAME COLUMN held TO awaiting_approval;
ALTER TABLE bulk_upload RENAME COLUMN held TO awaiting_approval;
UPDATE bulk_result SET outcome = 'awaiting_approval' WHERE outcome = 'held';
-- Rules that several statements share. A test holds each equal to the rule of the program.
-- Whether the values of short periods are averaged, not summed: DataClass::averaged.
CREATE OR REPLACE MACRO is_averaged(data_class) AS data_class IN (5, 6, 7, 8, 10);
-- Points of an item over some days, both included: one a day, and the item's rhythm from its first real-time day on.
CREATE OR REPLACE MACRO expected_points(points_per_day, realtime_from, from_day, to_day) AS
    (to_day - from_day + 1)
    + CASE WHEN realtime_from IS NULL THEN 0 ELSE greatest(0, to_day - greatest(from_day, realtime_from) + 1) END
      * (points_per_day - 1);
-- Points of an item that came on a day, no more than were expected.
CREATE OR REPLACE MACRO received_points(points_per_day, realtime_from, on_day, received, quantity) AS
    CASE WHEN on_day >= realtime_from THEN least(coalesce(received, 0), points_per_day)
         WHEN quantity IS NOT NULL THEN 1 ELSE 0 END;
-- The day by which the value of a month is due: MONTH_DUE_DAYS after the month, or YEAR_DUE_DAYS after the year where
-- only years come.
CREATE OR REPLACE MACRO month_is_due_on(first_of_month, comes_monthly) AS
    CASE WHEN comes_monthly THEN last_day(first_of_month) + 10
         ELSE CAST(date_trunc('year', first_of_month) + INTERVAL 1 YEAR AS DATE) + 30 END;
