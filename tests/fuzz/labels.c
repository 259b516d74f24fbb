/* labels.c: any bytes as the file of --labels, beside predictions that are well, by row and by key (for
   libFuzzer) */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char predictions[] =
        "id,p_a,p_b,p_c,score\nr1,.2,.3,.5,.1\nr2,.5,.25,.25,.9\n\"r,3\",.1,.1,.8,.5\n";
    static const char *const ignored[] = {"-1"};
    unsigned options = size ? data[size - 1] : 0;
    char path[64], labels[64];
    int fd = fuzz_file(predictions, sizeof predictions - 1, path), labels_fd = fuzz_file(data, size, labels);
    const char *files[] = {path};
    struct input in;
    struct diag d = {0};
    struct tally t;

    input_defaults(&in);
    in.files = files;
    in.file_count = 1;
    in.progress = 0;
    in.threads = 1;
    in.prob = options & 1 ? "score" : "p_*";
    in.labels_file = labels;
    in.skip_bad = options & 2;
    if (options & 4) in.key = "id";
    if (options & 8) in.label = "2";
    if (options & 16) in.ignore = (struct list){(const char **)ignored, 1, 1};
    if (options & 32) in.label_base = 1;
    if (options & 64) in.comment = '#';
    fuzz_read(&in, 1 << 20, &t, &d);
    tally_free(&t);
    close(fd);
    close(labels_fd);
    return 0;
}
