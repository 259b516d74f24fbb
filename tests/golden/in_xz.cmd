printf '\3757zXZ\000aaaaaaaaaa' | losscope
