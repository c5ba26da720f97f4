-- Targets as imported.
SELECT scope, code, kind, from_year, to_year, value, basis, source FROM target;
