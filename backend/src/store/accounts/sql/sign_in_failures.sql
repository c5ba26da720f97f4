SELECT account, network, failures, last_at, is_known FROM sign_in_failure
