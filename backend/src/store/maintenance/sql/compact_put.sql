INSERT INTO reading SELECT * FROM moving;
DROP TABLE moving;
