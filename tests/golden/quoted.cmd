printf "\"score\",\"label\",\"note\"\r\n0.25,\"yes\",\"a, \"\"b\"\"\nc\"\r\n0.5,no,\r\n" | losscope -f csv -l ce
