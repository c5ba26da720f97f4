-- Points of an item with the rhythm $1 and the first real-time day $2 over the days $3 to $4, days since 1970-01-01.
SELECT CAST(expected_points(CAST($1 AS UTINYINT), DATE '1970-01-01' + CAST($2 AS INTEGER), DATE '1970-01-01' + CAST($3 AS INTEGER),
                            DATE '1970-01-01' + CAST($4 AS INTEGER)) AS BIGINT);
