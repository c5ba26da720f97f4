DELETE FROM quality_unit; DELETE FROM quality_day; DELETE FROM quality_mark;
