SELECT programme_id, summary, withdrawn_by, strftime(withdrawn_at, '%Y-%m-%d %H:%M:%S'), withdrawn_because
FROM programme ORDER BY programme_id DESC LIMIT $1
