-- Tables of the writer's connection alone: what a group touches, joined instead of bound one by one.
CREATE OR REPLACE TEMP TABLE probe (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE asked_day (item_id INTEGER, day DATE);
CREATE OR REPLACE TEMP TABLE gone (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE aside (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE dirty_day (item_id INTEGER, day DATE);
CREATE OR REPLACE TEMP TABLE dirty_month (item_id INTEGER, month DATE);
CREATE OR REPLACE TEMP TABLE item_touch (item_id INTEGER, points_per_day UTINYINT, realtime_from DATE, first_day DATE, last_day DATE);
CREATE OR REPLACE TEMP TABLE device_seen (device_id VARCHAR, last_seen TIMESTAMP);
