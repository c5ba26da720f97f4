SELECT data_code, points_per_day, CAST(realtime_from AS VARCHAR), CAST(first_day AS VARCHAR), CAST(last_day AS VARCHAR) FROM item
