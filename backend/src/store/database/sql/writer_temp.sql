-- Tables of the writer's connection alone: what a group touches, joined instead of bound one by one.
CREATE OR REPLACE TEMP TABLE group_key (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE requested_day (item_id INTEGER, day DATE);
CREATE OR REPLACE TEMP TABLE superseded_key (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE pending_key (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE changed_day (item_id INTEGER, day DATE);
CREATE OR REPLACE TEMP TABLE changed_month (item_id INTEGER, month DATE);
CREATE OR REPLACE TEMP TABLE item_touch (item_id INTEGER, points_per_day UTINYINT, realtime_from DATE, first_day DATE, last_day DATE);
CREATE OR REPLACE TEMP TABLE device_seen (device_id VARCHAR, last_seen TIMESTAMP);
CREATE OR REPLACE TEMP TABLE link_changed (item_id INTEGER, day DATE);
CREATE OR REPLACE TEMP TABLE link_done (item_id INTEGER, day DATE, change INTEGER, upto INTEGER, content VARCHAR);
CREATE OR REPLACE TEMP TABLE link_tried (item_id INTEGER, stat_type UTINYINT, ts TIMESTAMP);
CREATE OR REPLACE TEMP TABLE link_unit_done (unit_id INTEGER, registration VARCHAR, configuration_sha256 VARCHAR, meters_sha256 VARCHAR, sent_at VARCHAR, code VARCHAR, reason_zh VARCHAR, reason_en VARCHAR, attempts INTEGER, next_at TIMESTAMP, described VARCHAR, asked_at VARCHAR);
