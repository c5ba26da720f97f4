SELECT count(*) FROM quality_finding WHERE state = 'open'
