-- Regional value added by month.
SELECT region_code, CAST(year(month) * 12 + month(month) - 1 AS INTEGER), value_added, price_year FROM economy;
