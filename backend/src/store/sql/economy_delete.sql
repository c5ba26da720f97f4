DELETE FROM economy WHERE region_code = ? AND month = CAST(? AS DATE);
