-- The first schema. Times are the city's local wall time (Asia/Shanghai unless configured), so a local day is
-- CAST(ts AS DATE). No primary key on readings: the writer keeps (item, stat_type, ts) unique itself.

CREATE TABLE meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- A replaced dictionary, as the operator imported it; the built-in one is used where no row stands.
CREATE TABLE dictionary (name VARCHAR NOT NULL, content VARCHAR NOT NULL, imported_at TIMESTAMP NOT NULL, imported_by VARCHAR NOT NULL);

-- Dictionary rows that SQL joins with; rewritten from the dictionaries at every start and import.
CREATE TABLE dim_energy_type (
    code VARCHAR NOT NULL,            -- four digits
    data_class UTINYINT NOT NULL,     -- 1 primary, 2 secondary, 3 working medium
    energy_group VARCHAR NOT NULL,    -- coal, oil, gas, electricity, heat, other
    quantity_unit VARCHAR NOT NULL
);
CREATE TABLE dim_factor (
    energy_type VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,           -- calorific, equivalent
    valid_from DATE NOT NULL,
    valid_to DATE,                    -- inclusive; NULL = still in force
    kgce_per_unit DOUBLE NOT NULL,
    source VARCHAR NOT NULL           -- default, equivalent
);
CREATE TABLE dim_usage_role (
    usage VARCHAR NOT NULL,           -- two digits
    role VARCHAR NOT NULL,            -- consumption, output, recovered, unnamed
    sign TINYINT NOT NULL             -- +1, -1, 0: how the role enters comprehensive consumption
);

CREATE TABLE unit (
    unit_id INTEGER NOT NULL,
    enterprise_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL,
    industry_code VARCHAR NOT NULL,   -- GB/T 4754 with its letter, C3110; '' while unknown
    class VARCHAR NOT NULL,           -- hundred, thousand, ten_thousand
    energy_level UTINYINT,
    energy_conversion BOOLEAN NOT NULL,
    profile VARCHAR,                  -- JSON: `enterprise` of the configuration upload
    config VARCHAR,                   -- JSON: the whole configuration upload, returned by /downloadConfigData
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE device (
    device_id VARCHAR NOT NULL,
    unit_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,           -- pending, approved, revoked
    registered_at TIMESTAMP NOT NULL,
    approved_at TIMESTAMP,
    approved_by VARCHAR,
    upload_time VARCHAR NOT NULL,     -- HH:MM:SS
    last_seen TIMESTAMP
);

CREATE TABLE meter (
    unit_id INTEGER NOT NULL,
    meter_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    meter_level UTINYINT,             -- 1 unit in/out, 2 main sub-unit, 3 main equipment
    state UTINYINT,                   -- 1 normal, 2 faulty, 3 stopped
    energy_type VARCHAR,
    accuracy_class VARCHAR,
    last_calibration DATE,
    next_calibration DATE,
    data_codes VARCHAR NOT NULL,      -- JSON array
    raw VARCHAR NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- One row per entry of collectItemConfig.
CREATE TABLE collect_item (
    unit_id INTEGER NOT NULL,
    data_code VARCHAR NOT NULL,
    stat_type UTINYINT NOT NULL,
    name VARCHAR,
    value_max DOUBLE,
    value_min DOUBLE
);

-- A data item of a unit: the dictionary that keeps readings narrow.
CREATE TABLE item (
    item_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    data_code VARCHAR NOT NULL,       -- PP-UU-DDDD-CCTTTT-YY
    scope UTINYINT NOT NULL,          -- 1 whole plant … 4 key equipment
    process VARCHAR NOT NULL,
    data_class UTINYINT NOT NULL,
    energy_type VARCHAR NOT NULL,
    usage VARCHAR NOT NULL,
    in_dictionary BOOLEAN NOT NULL,
    points_per_day UTINYINT NOT NULL, -- 0 only months, 1 daily, 24 hourly, 96 quarter-hourly: the finest rhythm seen
    realtime_from DATE,               -- first day with stat type 0
    first_day DATE,
    last_day DATE,
    first_seen TIMESTAMP NOT NULL
);

CREATE TABLE reading (
    item_id INTEGER NOT NULL,
    stat_type UTINYINT NOT NULL,      -- 0 real-time, 1 day, 2 month, 3 year
    ts TIMESTAMP NOT NULL,            -- start of the period
    value DOUBLE NOT NULL,
    valid BOOLEAN NOT NULL,           -- an invalid value is kept and not counted
    input_type UTINYINT,
    upload_id INTEGER NOT NULL
);

-- Values that a later upload replaced.
CREATE TABLE reading_history (
    item_id INTEGER NOT NULL,
    stat_type UTINYINT NOT NULL,
    ts TIMESTAMP NOT NULL,
    value DOUBLE NOT NULL,
    valid BOOLEAN NOT NULL,
    input_type UTINYINT,
    upload_id INTEGER NOT NULL,
    replaced_by INTEGER NOT NULL,     -- upload_id
    replaced_at TIMESTAMP NOT NULL
);

-- Readings of a device that is not approved yet, in the order they came; moved to `reading` on approval.
CREATE TABLE pending_reading (
    device_id VARCHAR NOT NULL,
    data_code VARCHAR NOT NULL,
    stat_type UTINYINT NOT NULL,
    ts TIMESTAMP NOT NULL,
    value DOUBLE NOT NULL,
    valid BOOLEAN NOT NULL,
    input_type UTINYINT,
    upload_id INTEGER NOT NULL
);

CREATE TABLE upload (
    upload_id INTEGER NOT NULL,
    received_at TIMESTAMP NOT NULL,
    unit_id INTEGER,
    sent_by VARCHAR NOT NULL,         -- device id, or import:FILE
    kind VARCHAR NOT NULL,            -- energy, config, metering, import
    entries INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    counted BOOLEAN NOT NULL,
    first_ts TIMESTAMP,
    last_ts TIMESTAMP
);

CREATE TABLE rejected (
    upload_id INTEGER NOT NULL,
    idx INTEGER NOT NULL,             -- index of the entry, or line of the file
    field VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    entry VARCHAR NOT NULL
);

-- Roll-ups, per item. Classes 01–04 and 09 are summed, 05–08 and 10 averaged.
CREATE TABLE rollup_day (
    item_id INTEGER NOT NULL,
    day DATE NOT NULL,
    quantity DOUBLE,                  -- NULL when only invalid values came
    reported BOOLEAN NOT NULL,        -- true: the stat type 1 value; false: from stat type 0
    received UTINYINT NOT NULL,       -- valid stat type 0 points of the day
    manual BOOLEAN NOT NULL           -- some value of the day was entered by hand
);
CREATE TABLE rollup_month (
    item_id INTEGER NOT NULL,
    month DATE NOT NULL,              -- first day
    quantity DOUBLE,
    reported BOOLEAN NOT NULL,        -- true: the stat type 2 value; false: from days
    days UTINYINT NOT NULL            -- days of the month with a daily figure
);

-- Regional economy, monthly, value added in 10^4 yuan at the comparable prices of price_year.
CREATE TABLE economy (
    region_code VARCHAR NOT NULL,     -- 120000 is the city
    month DATE NOT NULL,
    value_added DOUBLE NOT NULL,
    price_year SMALLINT,
    estimated BOOLEAN NOT NULL,       -- true: spread evenly from a quarter or a year
    source VARCHAR NOT NULL
);
CREATE TABLE target (
    scope VARCHAR NOT NULL,           -- region, industry, unit
    code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- total_tce, annual_fall, five_year_fall
    from_year SMALLINT NOT NULL,      -- first year it covers (five_year_fall: the base year + 1)
    to_year SMALLINT NOT NULL,
    value DOUBLE NOT NULL,            -- tce, or a fall as a fraction
    basis VARCHAR NOT NULL,           -- calorific, equivalent
    source VARCHAR NOT NULL
);
