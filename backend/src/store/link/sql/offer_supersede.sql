UPDATE link_offer SET state = 'superseded', content = '{}' WHERE upper = ? AND state IN ('offered', 'scheduled')
