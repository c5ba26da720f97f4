SELECT digest, account, strftime(begun_at, '%Y-%m-%dT%H:%M:%S'), strftime(last_seen_at, '%Y-%m-%dT%H:%M:%S'), address,
    user_agent
FROM session
