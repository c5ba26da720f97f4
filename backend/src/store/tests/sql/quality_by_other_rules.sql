-- What a program with other rules would have left of every unit: other marks and figures.
UPDATE quality_unit SET basis = regexp_replace(basis, '^rules [0-9a-f]+;', 'rules 000000000000;');
UPDATE quality_day SET received = 0, valid = 0;
DELETE FROM quality_mark;
