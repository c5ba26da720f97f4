SELECT document, step, kind, number, strftime(on_day, '%Y-%m-%d'), sm3, template_version, '' FROM case_document
WHERE case_id = $1 ORDER BY document
