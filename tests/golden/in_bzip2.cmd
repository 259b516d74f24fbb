printf 'BZh91AY&SYaaaaaaa' | losscope
