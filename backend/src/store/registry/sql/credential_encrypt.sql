UPDATE credential SET value = $1 WHERE enterprise_code = $2 AND kind = $3;
