SELECT c.enterprise_code, c.kind, c.value, strftime(c.expires_at, '%Y-%m-%d %H:%M:%S') FROM credential c
