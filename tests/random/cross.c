/* cross.c: the same values in every way of input give the same results, to the byte
 *
 *     cross LOSSCOPE FIRST LAST
 *
 * For each seed a random case is written into the working directory as plain CSV and in the other ways of the
 * table below; the counts and results that the program prints as JSON are those of the plain file, or it
 * fails as there. */
#include "write_case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum source {
    FROM_FILE,
    FROM_STDIN,
    FROM_COMMAND, /* `make` makes the file `way` from part0, part1 and part2; only the first has a header */
    FROM_PARTS,   /* three files */
    FROM_ARRAY,   /* way.npy and y.npy */
    FROM_LABELS,  /* way and its labels, a text file */
    FROM_LABEL_ARRAY
};

struct way {
    const char *name;
    enum source source;
    struct style style;
    struct array_style array;
    const char *before, *options, *make, *files;
};

static const struct way ways[] = {
    {"tab", .style = {.delimiter = '\t'}},
    {"semicolon", .style = {.delimiter = ';'}},
    {"bar", .style = {.delimiter = '|'}},
    {"space", .style = {.delimiter = ' '}},
    {"colon", .style = {.delimiter = ':'}, .options = "-d :"},
    {"quoted", .style = {.quoting = QUOTE_ALL}},
    {"one quoted field", .style = {.quoting = QUOTE_ONE}},
    {"quoted newlines in front", .style = {.quoting = QUOTE_NEWLINES, .extra = EXTRA_FIRST}},
    {"quoted newlines behind, CRLF", .style = {.quoting = QUOTE_NEWLINES, .extra = EXTRA_LAST, .crlf = true}},
    {"a column in front", .style = {.extra = EXTRA_FIRST}},
    {"a column behind", .style = {.extra = EXTRA_LAST}},
    {"CRLF", .style = {.crlf = true}},
    {"byte order mark", .style = {.bom = true, .no_last_newline = true}},
    {"byte order mark, quoted", .style = {.bom = true, .quoting = QUOTE_ALL}},
    {"blank lines", .style = {.blank_lines = true}},
    {"comments", .style = {.comments = true}, .options = "--comment '#'"},
    {"1.0, 0.0", .style = {.label = LABEL_POINT}},
    {"True, False", .style = {.label = LABEL_TRUE}},
    {"yes, no", .style = {.label = LABEL_YES}},
    {"numbers with an exponent", .style = {.number = NUMBER_E}},
    {"numbers with a plus", .style = {.number = NUMBER_PLUS}},
    {"numbers with zeros in front", .style = {.number = NUMBER_ZEROS}},
    {"numbers of many digits", .style = {.number = NUMBER_EXACT}},
    {"decimal commas", .style = {.delimiter = ';', .decimal_comma = true}, .options = "--decimal ,"},
    {"rows in reverse", .style = {.reversed = true}},
    {"no header", .style = {.no_header = true, .codes = true}, .options = "--no-header"},
    {"codes", .style = {.no_header = true, .codes = true, .quoting = QUOTE_ONE}, .options = "--no-header"},
    {"1 thread", .options = "-j 1"},
    {"2 threads", .options = "-j 2"},
    {"7 threads", .options = "-j 7"},
    {"sse2", .before = "LOSSCOPE_ISA=sse2"},
    {"sse2, quoted", .before = "LOSSCOPE_ISA=sse2", .style = {.quoting = QUOTE_ONE}},
    {"avx2", .before = "LOSSCOPE_ISA=avx2"},
    {"standard input", FROM_STDIN, .options = "-j 2"},
    {"standard input, CRLF", FROM_STDIN, .style = {.crlf = true}},
    {"gzip", FROM_COMMAND, .make = "cat part0 part1 part2 | gzip -1 >way"},
    {"gzip, three members", FROM_COMMAND, .make = "for p in part0 part1 part2; do gzip -c $p; done >way"},
    {"zstd", FROM_COMMAND, .make = "cat part0 part1 part2 | zstd -q >way"},
    {"zstd, three frames", FROM_COMMAND, .make = "for p in part0 part1 part2; do zstd -qc $p; done >way"},
    {"a pipe", FROM_COMMAND, .make = "cat part0 part1 part2 >way", .before = "cat way |", .files = "-"},
    {"gzip through a pipe", FROM_COMMAND, .make = "cat part0 part1 part2 | gzip -1 >way",
     .before = "cat way |", .files = "-"},
    {"three files", FROM_PARTS, .options = "-j 3"},
    {"three files and an empty one", FROM_PARTS, .make = ": >empty", .files = "part0 empty part1 part2"},
    {"three files, one header", FROM_PARTS, .make = "sed 1d part1 >part1b; sed 1d part2 >part2b",
     .files = "part0 part1b part2b"},
    {"three files of CRLF and quotes", FROM_PARTS, .style = {.quoting = QUOTE_ALL, .crlf = true}},
    {"labels in a file", FROM_LABELS, .style = {.labels_apart = true, .bare_labels = true}},
    {"labels in a file with a header", FROM_LABELS, .style = {.labels_apart = true}},
    {"labels in an array", FROM_LABEL_ARRAY, .style = {.labels_apart = true}},
    {"npy", FROM_ARRAY, .array = {WIDTH_8, false, false, 1}},
    {"npy, Fortran", FROM_ARRAY, .array = {WIDTH_8, true, false, 2}},
    {"npy, big endian", FROM_ARRAY, .array = {WIDTH_8, false, true, 3}},
    {"npy, big endian, Fortran, 7 threads", FROM_ARRAY, .array = {WIDTH_8, true, true, 1}, .options = "-j 7"},
    {"npy, float32", FROM_ARRAY, .array = {WIDTH_4, false, false, 1}},
    {"npy, float32, Fortran", FROM_ARRAY, .array = {WIDTH_4, true, false, 1}},
    {"npy, float16", FROM_ARRAY, .array = {WIDTH_2, false, false, 1}},
    {"npy, float16, Fortran, big endian", FROM_ARRAY, .array = {WIDTH_2, true, true, 1}},
};

/* ---- values that are seldom met ---- */

static uint64_t state;
static size_t below(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state >> 20) % n;
}

/* The widest type that holds all values: 0: double, 1: float, 2: float16. */
static enum width spoil(struct random_case *c, uint64_t seed)
{
    static const double far[] = {
        -3.4028234663852886e38, -1e30, -1e9, -1e300, 1e300, 745.2, -745.2, 0x1p-1074, 0.0, -0.0};
    static const double ends[] = {0, 1, -0.0, 1 + 5e-7, -5e-7, 0x1p-1074, 1e-310, 1 - 0x1p-53, 0x1p-53, 0.5};
    bool odd = seed % 3 == 0, bad = seed % 4 == 0;

    state = seed * 0x9e3779b97f4a7c15u + 7;
    for (size_t i = 0; i < c->rows * c->classes; i++) {
        double *x = &c->score[i];

        if (odd && below(10) == 0 && (c->logit || c->task != CASE_SOFTMAX))
            *x = (c->logit ? far : ends)[below(10)];
        if (bad && below(60) == 0) *x = below(2) ? NAN : 7e4;
        if (seed % 5 < 2) *x = (float)*x;
        if (seed % 5 == 0) *x = round_to_half(*x);
    }
    for (size_t i = 0; i < c->rows; i++) {
        if (seed % 5 < 2) c->weight[i] = (float)c->weight[i];
        if (seed % 5 == 0) c->weight[i] = round_to_half(c->weight[i]);
    }
    return seed % 5 == 0 ? WIDTH_2 : seed % 5 == 1 ? WIDTH_4 : WIDTH_8;
}

/* ---- a run ---- */

static const struct way plain = {.name = "plain"};

static bool has_codes(const struct way *w)
{
    return w->style.codes || w->source == FROM_ARRAY;
}

static bool has_no_labels(const struct way *w)
{
    return w->style.labels_apart || w->source == FROM_ARRAY;
}

static bool applies(const struct random_case *c, const struct way *w, enum width widest)
{
    bool binary = c->task == CASE_BINARY || c->task == CASE_MULTILABEL;

    if (w->style.label && !binary) return false;
    if (w->style.reversed && c->grouped) return false;
    if (has_codes(w) && strchr(c->options, '=') && strstr(c->options, "ant=")) return false;
    if (w->source == FROM_ARRAY && (c->grouped || w->array.width > widest)) return false;
    return !(has_no_labels(w) && c->task == CASE_MULTILABEL);
}

static char *list_of(char *to, const char *option, const char *prefix, size_t n)
{
    to += sprintf(to, " %s ", option);
    for (size_t k = 0; k < n; k++) to += sprintf(to, "%s%s%s", k ? "," : "", prefix, case_class[k]);
    return to;
}

/* The options of a way. */
static void write_options(const struct random_case *c, const struct way *w, bool skip, char *to)
{
    size_t k = c->classes, each = c->task == CASE_MULTILABEL ? k : 1,
           last = w->source == FROM_ARRAY ? k : k + each;
    bool codes = has_codes(w);

    to += sprintf(to, "-q -f json%s --ignore=-1", c->options);
    if (codes)
        to += sprintf(to, " %s 1-%zu", c->logit ? "-z" : "-p", k);
    else
        to = list_of(to, c->logit ? "-z" : "-p", "s_", k);
    if (!has_no_labels(w))
        to = codes ? to + sprintf(to, " -y %zu-%zu", k + 1, k + each) : list_of(to, "-y", "y_", each);
    if (c->weighted) to += codes ? sprintf(to, " -w %zu", last + 1) : sprintf(to, " -w importance");
    if (c->grouped) to += codes ? sprintf(to, " -b %zu", last + 2) : sprintf(to, " -b image");
    if (c->by_class) to += sprintf(to, " --by-class");
    if (c->renormalize) to += sprintf(to, " --renormalize");
    if (c->background) to += sprintf(to, " --background %s", codes ? "0" : "ant");
    if (c->task == CASE_SIGMOID)
        to += sprintf(to, " --task sigmoid --background %s",
                      codes || w->source == FROM_LABEL_ARRAY ? "99" : "none");
    if (c->task == CASE_MULTILABEL) to += sprintf(to, " --task multilabel");
    if (skip) to += sprintf(to, " --bad-rows skip");
    if (w->options) to += sprintf(to, " %s", w->options);
    if (w->source == FROM_LABELS) sprintf(to, " --labels y");
    if (w->source == FROM_ARRAY || w->source == FROM_LABEL_ARRAY) sprintf(to, " --labels y.npy");
}

static FILE *open_or_stop(const char *path)
{
    FILE *f = fopen(path, "w");

    if (f) return f;
    perror(path);
    exit(2);
}

static void close_or_stop(FILE *f)
{
    if (fclose(f) == 0) return;
    perror("cross");
    exit(2);
}

/* Writes the files of a way; how the program is told of them. */
static const char *write_files(const struct random_case *c, const struct way *w)
{
    FILE *f;

    if (w->source == FROM_COMMAND || w->source == FROM_PARTS) {
        for (size_t part = 0; part < 3; part++) {
            struct style style = w->style;
            char name[] = {'p', 'a', 'r', 't', (char)('0' + part), 0};

            style.no_header |= part > 0 && w->source == FROM_COMMAND;
            f = open_or_stop(name);
            write_text(c, &style, c->rows * part / 3, c->rows * (part + 1) / 3, f);
            close_or_stop(f);
        }
        if (w->make && system(w->make) != 0) exit(2);
        return w->files ? w->files : w->source == FROM_PARTS ? "part0 part1 part2" : "way";
    }
    f = open_or_stop("way");
    if (w->source == FROM_ARRAY)
        write_array(c, &w->array, f);
    else
        write_text(c, &w->style, 0, c->rows, f);
    close_or_stop(f);
    if (has_no_labels(w)) {
        f = open_or_stop(w->source == FROM_LABELS ? "y" : "y.npy");
        if (w->source == FROM_LABELS)
            write_label_lines(c, &w->style, f);
        else
            write_label_array(c, f);
        close_or_stop(f);
    }
    return w->source == FROM_STDIN ? "<way" : "way";
}

/* Takes out what may differ: "KEY": VALUE up to one of the ends. */
static void strike(char *text, const char *key, const char *ends)
{
    for (char *at = strstr(text, key); at; at = strstr(at + 1, key)) {
        char *value = at + strlen(key), *end = value + strcspn(value, ends);

        memmove(value, end, strlen(end) + 1);
    }
}

/* The counts and results that the program prints, and its status. The caller frees it. */
static char *outcome_of(const char *losscope, const struct random_case *c, const struct way *w, bool skip,
                        char *command)
{
    char options[2500], *text = NULL, *counts, *end, *results;
    size_t size = 0, room;
    int status;
    FILE *from;
    const char *files = write_files(c, w);

    write_options(c, w, skip, options);
    sprintf(command, "%s %s %s %s", w->before ? w->before : "", losscope, options, files);
    strcat(command, " 2>err");
    from = popen(command, "r");
    if (!from) exit(2);
    room = 1 << 20;
    text = malloc(room + 32);
    for (size_t n; text && (n = fread(text + size, 1, room - size, from)) > 0;) {
        size += n;
        if (size == room) text = realloc(text, (room *= 2) + 32);
    }
    status = pclose(from);
    if (!text) exit(2);
    text[size] = 0;
    if (status == 0 && (counts = strstr(text, "\"counts\"")) && (end = strchr(counts, '}')) &&
        (results = strstr(end, "\"results\""))) {
        size = (size_t)(end - counts);
        memmove(text, counts, size);
        memmove(text + size, results, strlen(results) + 1);
        strike(text, "\"rows\": ", ",}");
        strike(text, "\"blank\": ", ",}");
        strike(text, "\"class\": ", ",}");
    }
    sprintf(text + strlen(text), "status %d\n", status);
    return text;
}

static void report(uint64_t seed, const struct way *w, const char *want, const char *got, const char *command)
{
    size_t i = 0;

    while (want[i] == got[i]) i++;
    i = i > 30 ? i - 30 : 0;
    printf("cross: seed %llu: %s: '%.*s' is not '%.*s': %s\n", (unsigned long long)seed, w->name,
           (int)strcspn(got + i, "\n") % 70, got + i, (int)strcspn(want + i, "\n") % 70, want + i, command);
}

static void cross(const char *losscope, uint64_t seed, unsigned *passed, unsigned *failed)
{
    struct random_case c;
    char command[4000], *want;
    bool skip = seed % 8 < 6;
    enum width widest;

    case_make(&c, seed);
    widest = spoil(&c, seed);
    want = outcome_of(losscope, &c, &plain, skip, command);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char *got;

        if (!applies(&c, &ways[i], widest)) continue;
        got = outcome_of(losscope, &c, &ways[i], skip, command);
        ++*(strcmp(got, want) == 0 ? passed : failed);
        if (strcmp(got, want) != 0) report(seed, &ways[i], want, got, command);
        free(got);
    }
    free(want);
    case_free(&c);
}

int main(int argc, char **argv)
{
    unsigned passed = 0, failed = 0;

    if (argc != 4) return fputs("usage: cross LOSSCOPE FIRST LAST\n", stderr), 2;
    for (uint64_t seed = strtoull(argv[2], NULL, 10); seed <= strtoull(argv[3], NULL, 10); seed++)
        cross(argv[1], seed, &passed, &failed);
    printf("cross: %u passed, %u failed\n", passed, failed);
    return failed > 0;
}
