-- The newest version of each template that was ever replaced.
SELECT kind, version, content, put_by, strftime(put_at, '%Y-%m-%d %H:%M:%S') FROM document_template
QUALIFY version = max(version) OVER (PARTITION BY kind)
