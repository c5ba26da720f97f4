UPDATE unit SET name = ?, region_code = ?, industry_code = ?, class = ?, updated_at = CAST(? AS TIMESTAMP), approved = ? WHERE unit_id = ?
