UPDATE link_offer SET state = 'superseded' WHERE upper = ? AND state IN ('offered', 'scheduled')
