printf 'PAR1aaaaaaaaaaaaaaaa' | losscope
