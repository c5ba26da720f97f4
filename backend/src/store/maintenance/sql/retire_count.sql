-- How many readings leave in this step.
SELECT count(*) FROM leaving
