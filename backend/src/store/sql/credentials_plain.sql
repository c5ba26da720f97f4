-- Credentials that lie on disk as they are; $1 is what a sealed one begins with. Fingerprints of certificates are public.
SELECT enterprise_code, kind, value FROM credential WHERE kind <> 'certificate' AND NOT starts_with(value, $1);
