INSERT INTO target (scope, code, kind, from_year, to_year, value, basis, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?);
