printf '{"label": 1, "score": 0.9}\n' | losscope
printf '[\n {"label": 1, "score": 0.9}]\n' | losscope
printf '%% a comment\n@RELATION x\n@data\n0.9,1\n' | losscope
printf 'ARROW1\0\0' | losscope
printf '<!DOCTYPE html>\n' | losscope
printf '\200\3]q\0' | gzip | losscope
