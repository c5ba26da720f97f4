//! The descriptions of query parameters in the API document. Reads no request.

/// Every query parameter of the portal's questions, in words.
pub(super) const PARAMETERS: &[(&str, &str)] = &[
    ("region", "districts, GB/T 2260, 6 digits, separated by commas"),
    ("industry", "GB/T 4754 with its letter, by prefix, separated by commas: C, C31, C3110"),
    ("class", "hundred, thousand or ten_thousand, separated by commas"),
    ("energy", "coal, oil, gas, electricity, heat or other, separated by commas"),
    ("units", "credit codes of units, separated by commas"),
    ("basis", "calorific or equivalent (default) value of electricity"),
    ("from", "first day: YYYY, YYYY-MM or YYYY-MM-DD; default 1 January of the year of the data"),
    ("to", "last day, included: YYYY, YYYY-MM or YYYY-MM-DD; default the last complete month"),
    (
        "compare",
        "year (default): the same days a year earlier; previous: the span just before; year:2021: the same days of an earlier base year; region:120119: another district over the same span; peers: the average unit of the same industries over the same span",
    ),
    ("period", "from and to in one: YYYY, YYYY-MM or YYYY-MM-DD"),
    ("by", "region, industry or unit"),
    ("table", "which list of the answer a CSV, XLSX or Parquet file holds"),
    ("unit", "credit code of the unit to mark"),
    ("grain", "day, month (default) or year"),
    ("data_code", "PP-UU-DDDD-CCTTTT-YY, with or without hyphens"),
    ("stat_type", "0 real-time, 1 day, 2 month, 3 year"),
    ("energy_type", "four digits, 3300"),
    ("reporting", "how units report today, by comma: never, silent, resumed, not_due or reporting"),
    ("data", "some or none: units with a figure in the span, or without any"),
    (
        "criteria",
        "changed criteria by comma, each `reason:weight` or `reason:weight:from:full`, as `silent:20:3:30`; a weight is 0–100",
    ),
    ("q", "part of a unit's name, credit code or industry"),
    (
        "group",
        "dimensions by comma: period | month | year, region, sector, industry, class, energy, energy_type, product, unit",
    ),
    ("product", "product codes by comma"),
    ("item", "data code of a real-time item; default the unit's electricity"),
    ("width", "columns of the screen, 1–4096"),
    ("points", "points of the curve, 2–1000; highest and lowest are always among them"),
    (
        "works_from",
        "first month of the works, YYYY-MM; default a year before the last complete month",
    ),
    ("works_to", "last month of the works; default the first"),
    (
        "until",
        "last month of the report; default the last complete month, at most 36 after the works",
    ),
    ("baseline_months", "months before the works, 12–36; default 24"),
    (
        "drivers",
        "what drives the energy, by comma: product codes, value_added, heating_degree_days, cooling_degree_days, or none; default the unit's products and the degree days that are known",
    ),
    ("limit", "rows of a page"),
    ("cursor", "page.next of the page before"),
    ("format", "json, csv, xlsx or parquet; else by Accept"),
    ("lang", "zh (default) or en: headers of files, words of errors"),
];
