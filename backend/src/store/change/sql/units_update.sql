-- What a list says of units that stand, at $1.
UPDATE unit SET name = i.name, region_code = i.region_code, industry_code = i.industry_code, class = i.class,
       updated_at = CAST($1 AS TIMESTAMP), approved = i.approved
FROM unit_incoming i WHERE unit.unit_id = i.unit_id;
