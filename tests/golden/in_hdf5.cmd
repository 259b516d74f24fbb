printf '\211HDF\r\n\032\naaaaaaaa' | losscope
