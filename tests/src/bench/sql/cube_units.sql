-- Every unit of the invented city.
SELECT unit_id, any_value(region), any_value(industry), any_value(class) FROM fact WHERE period = 0 GROUP BY unit_id ORDER BY unit_id;
