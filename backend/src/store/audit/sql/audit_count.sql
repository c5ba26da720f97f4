-- How many entries there are as in audit_page.sql ($1 to $6).
SELECT count(*) FROM audit_entry
WHERE substr(happened_at, 1, 10) BETWEEN $1 AND $2
  AND ($3 IN ('', actor_kind, address) OR contains(lower(actor), lower($3)))
  AND starts_with(action, $4)
  AND ($5 IN ('', object_kind) OR contains(lower(object), lower($5)))
  AND $6 IN ('', outcome)
