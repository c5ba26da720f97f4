-- Units are assessed again from upload $1 on.
UPDATE quality_unit SET assessed_upload = least(assessed_upload, $1 - 1) WHERE assessed_upload >= $1
