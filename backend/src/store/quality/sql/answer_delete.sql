DELETE FROM finding_answer WHERE finding_id = ?
