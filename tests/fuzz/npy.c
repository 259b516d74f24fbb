/* npy.c: any bytes behind an array's magic (which is put before them where they do not begin with it): its
   header, then all of it as predictions (for libFuzzer) */
#include "fuzz.h"

#include "read/npy.h"

/* A header that is understood describes an array that can be addressed. */
static void check_header(const char *head, size_t size)
{
    struct npy n;
    size_t need = 0;
    struct diag d = {0};

    if (npy_header(head, size, &n, &need, &d)) {
        if (n.offset > size || n.columns == 0 || (n.rows && n.columns > SIZE_MAX / n.width / n.rows)) abort();
    } else if (!d.status && need <= size) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char magic[] = "\x93NUMPY", labels[] = "1\n0\n1\n";
    unsigned options = size ? data[size - 1] : 0;
    size_t own = size >= 6 && memcmp(data, magic, 6) == 0 ? 0 : 6;
    char *head = malloc(size + own + 1), path[64], labels_path[64];
    int fd, labels_fd = fuzz_file(labels, sizeof labels - 1, labels_path);
    const char *files[] = {path};
    struct input in;
    struct diag d = {0};
    struct tally t;

    must(head, "no memory");
    memcpy(head, magic, own);
    if (size) memcpy(head + own, data, size);
    check_header(head, size + own);
    fd = fuzz_file(head, size + own, path);
    input_defaults(&in);
    in.files = files;
    in.file_count = 1;
    in.progress = 0;
    in.threads = 1;
    in.skip_bad = options & 1;
    if (options & 2) in.logit = "1";
    if (options & 4) in.prob = "1", in.label = "2";
    if (!(options & 4)) in.labels_file = labels_path;
    fuzz_read(&in, 1 << 20, &t, &d);
    tally_free(&t);
    close(fd);
    close(labels_fd);
    free(head);
    return 0;
}
