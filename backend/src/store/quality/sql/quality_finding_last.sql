SELECT coalesce(max(finding_id), 0) FROM quality_finding
