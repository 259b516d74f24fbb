printf '\200\004\225aaaaaaaaaaaaaaaa' | losscope
