-- The newest replacement of each dictionary.
SELECT name, content FROM dictionary
QUALIFY row_number() OVER (PARTITION BY name ORDER BY imported_at DESC) = 1;
