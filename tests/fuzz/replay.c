/* replay.c: runs a fuzz target once on each of the files that are named, without libFuzzer */
#include "fuzz.h"

static void run(const char *path)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc(1 << 20);
    size_t size;

    must(f && data, path);
    size = fread(data, 1, 1 << 20, f);
    fclose(f);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]);
        run(argv[i]);
    }
    return 0;
}
