/* faults.c: every call of a command fails once, and the command ends as it should
 *
 *     faults LOSSCOPE PRELOAD MOST <COMMANDS
 *
 * A line of COMMANDS is the words of one command. Each is run without a fault first; then with the N-th call
 * of each function failing, at most MOST of them (spread over all). A run must either end with the same
 * output as the first one, or with status 1, one line on standard error, and the output file untouched or
 * complete; in both cases without files left behind, and within 20 seconds. Works in the directory `run`. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 40, FUNCTIONS = 40 };

struct text {
    char *bytes;
    size_t size;
};

struct outcome {
    int status; /* as of waitpid */
    struct text out, error, file;
    unsigned others; /* files that should not be there */
};

static const char *losscope, *preload;
static unsigned passed, failed;

static struct text read_file(const char *path)
{
    struct text t = {NULL, 0};
    FILE *f = fopen(path, "r");
    long size;

    if (!f) return t;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    t.bytes = malloc((size_t)size + 1);
    if (!t.bytes) abort();
    t.size = fread(t.bytes, 1, (size_t)size, f);
    t.bytes[t.size] = 0;
    fclose(f);
    return t;
}

static bool is_same(const struct text *a, const struct text *b)
{
    return a->size == b->size && (!a->bytes) == (!b->bytes) &&
           (!a->size || memcmp(a->bytes, b->bytes, a->size) == 0);
}

static void free_outcome(struct outcome *o)
{
    free(o->out.bytes);
    free(o->error.bytes);
    free(o->file.bytes);
}

/* The word behind -o, or behind --state or --state-only; NULL: there is none. */
static const char *output_of(char **word)
{
    for (; word[0] && word[1]; word++)
        if (strcmp(word[0], "-o") == 0 || strncmp(word[0], "--state", 7) == 0) return word[1];
    return NULL;
}

static void start(char **word, const char *fault)
{
    int in = open("/dev/null", O_RDONLY), out = open("../stdout", O_WRONLY | O_CREAT | O_TRUNC, 0666),
        error = open("../stderr", O_WRONLY | O_CREAT | O_TRUNC, 0666);

    dup2(in, 0);
    dup2(out, 1);
    dup2(error, 2);
    close(in);
    close(out);
    close(error);
    setenv("TMPDIR", "tmp", 1);
    setenv("LD_PRELOAD", preload, 1);
    if (fault)
        setenv("FAULT", fault, 1);
    else
        setenv("FAULT_LOG", "../log", 1);
    alarm(20);
    execv(losscope, word);
    _exit(127);
}

/* Counts, and removes, all that is in a directory but for `expected`. */
static unsigned sweep(const char *path, const char *expected)
{
    DIR *d = opendir(path);
    unsigned n = 0;
    char name[1024];

    if (!d) return 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (strcmp(name, "./tmp") == 0) continue;
        n += !expected || strcmp(e->d_name, expected) != 0;
        sweep(name, NULL);
        remove(name);
    }
    closedir(d);
    return n;
}

static struct outcome run(char **word, const char *fault)
{
    struct outcome o = {0};
    const char *output = output_of(word);
    pid_t child;

    mkdir("tmp", 0777);
    if (output) {
        FILE *f = fopen(output, "w");

        if (!f || fputs("old", f) < 0 || fclose(f)) abort();
    }
    child = fork();
    if (child == 0) start(word, fault);
    waitpid(child, &o.status, 0);
    o.out = read_file("../stdout");
    o.error = read_file("../stderr");
    if (output) o.file = read_file(output);
    o.others = sweep("tmp", NULL) + sweep(".", output);
    return o;
}

static bool is_one_line(const struct text *t)
{
    return t->size > 11 && strncmp(t->bytes, "losscope: ", 10) == 0 &&
           strchr(t->bytes, '\n') == t->bytes + t->size - 1;
}

/* What is wrong with the outcome; NULL: nothing. */
static const char *fault_of(const struct outcome *o, const struct outcome *expected, bool has_output)
{
    if (!WIFEXITED(o->status)) return WTERMSIG(o->status) == SIGALRM ? "it hangs" : "it crashes";
    if (o->others != (WEXITSTATUS(o->status) ? 0 : expected->others)) return "files are left behind";
    if (WEXITSTATUS(o->status) == WEXITSTATUS(expected->status))
        return is_same(&o->out, &expected->out) && is_same(&o->error, &expected->error) &&
                       is_same(&o->file, &expected->file)
                   ? NULL
                   : "another output";
    if (WEXITSTATUS(o->status) != 1) return "the status is not 1";
    if (!is_one_line(&o->error)) return "not one line on standard error";
    if (is_same(&o->file, &expected->file))
        return NULL; /* a state that was complete before the report failed */
    if (has_output && (o->file.size != 3 || memcmp(o->file.bytes, "old", 3) != 0))
        return "the old file is not untouched";
    return NULL;
}

static void try(char **word, const char *line, const char *fault, const struct outcome *expected)
{
    struct outcome o = run(word, fault);
    const char *wrong = fault_of(&o, expected, output_of(word));

    if (wrong)
        failed++, printf("faults: %s: %s (status %x) in: losscope %s%.300s", fault, wrong, (unsigned)o.status,
                         line, o.error.size ? o.error.bytes : "\n");
    else
        passed++;
    free_outcome(&o);
}

static void try_all(char *line, long most)
{
    char *word[WORDS] = {(char *)losscope}, function[FUNCTIONS][64], fault[100], words[4096];
    long count[FUNCTIONS];
    size_t functions = 0, n = 1;
    struct outcome expected;
    FILE *log;

    snprintf(words, sizeof words, "%s", line);
    for (char *w = strtok(words, " \n"); w && n + 1 < WORDS; w = strtok(NULL, " \n")) word[n++] = w;
    expected = run(word, NULL);
    log = fopen("../log", "r");
    if (!log || !WIFEXITED(expected.status) || WEXITSTATUS(expected.status)) {
        printf("faults: it fails by itself (status %x): losscope %s%s", (unsigned)expected.status, line,
               expected.error.size ? expected.error.bytes : "");
        failed++;
        return;
    }
    while (functions < FUNCTIONS && fscanf(log, "%63s %ld", function[functions], &count[functions]) == 2)
        functions++;
    fclose(log);
    remove("../log");
    for (size_t f = 0; f < functions; f++)
        for (long k = 0, times = count[f] < most ? count[f] : most; k < times; k++) {
            snprintf(fault, sizeof fault, "%.60s %ld", function[f], 1 + k * count[f] / times);
            try(word, line, fault, &expected);
        }
    try(word, line, "short 0", &expected);
    free_outcome(&expected);
}

int main(int argc, char **argv)
{
    char line[4096];

    if (argc != 4) return fputs("usage: faults LOSSCOPE PRELOAD MOST <COMMANDS\n", stderr), 2;
    losscope = argv[1];
    preload = argv[2];
    mkdir("run", 0777);
    if (chdir("run") != 0) return perror("run"), 2;
    while (fgets(line, sizeof line, stdin))
        if (*line != '#') try_all(line, atol(argv[3]));
    printf("faults: %u passed, %u failed\n", passed, failed);
    return failed > 0;
}
