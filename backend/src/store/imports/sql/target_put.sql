DELETE FROM target USING target_incoming i
WHERE target.scope = i.scope AND target.code = i.code AND target.kind = i.kind AND target.from_year = i.from_year AND target.basis = i.basis;
INSERT INTO target (scope, code, kind, from_year, to_year, value, basis, source)
SELECT scope, code, kind, from_year, to_year, value, basis, source FROM target_incoming;
