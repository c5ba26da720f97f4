-- Units are judged again from upload $1 on.
UPDATE quality_unit SET judged_upload = least(judged_upload, $1 - 1) WHERE judged_upload >= $1
