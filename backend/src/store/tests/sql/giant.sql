INSERT INTO rejected VALUES (1, 100 + $1, 'dataCode', 'entry_data_code_malformed', 'x', 'x', repeat(chr(97 + $1 % 26), $2))
