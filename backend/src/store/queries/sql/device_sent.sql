-- Messages with readings that the device $1 sent: how many, their entries, the refused ones, the first and the last.
SELECT count(*), CAST(coalesce(sum(entries), 0) AS UBIGINT), CAST(coalesce(sum(rejected), 0) AS UBIGINT),
       strftime(min(received_at), '%Y-%m-%d %H:%M:%S'), strftime(max(received_at), '%Y-%m-%d %H:%M:%S')
FROM upload WHERE sent_by = $1 AND kind = 'energy'
