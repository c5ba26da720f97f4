DELETE FROM target WHERE scope = ? AND code = ? AND kind = ? AND from_year = ? AND basis = ?;
