-- Of the changes of a unit ($1) that no operator decided, the newest $2 that gave way stay: a terminal that changes its mind
-- for ever fills nothing.
DELETE FROM unit_change
WHERE unit_id = $1 AND state IN ('superseded', 'withdrawn') AND change_id < (
    SELECT min(change_id) FROM (
        SELECT change_id FROM unit_change WHERE unit_id = $1 AND state IN ('superseded', 'withdrawn')
        ORDER BY change_id DESC LIMIT $2
    )
)
