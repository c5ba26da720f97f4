SELECT coalesce(max(claim_id), 0) + 1 FROM claim
