printf 'PK\003\004aaaaaaaaaaaa' | losscope
