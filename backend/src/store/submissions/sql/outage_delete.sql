DELETE FROM outage WHERE submission_id = ?
