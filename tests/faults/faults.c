/* faults.c: calls of a command fail, one a run, and the command ends as it should
 *
 *     faults LOSSCOPE PRELOAD MOST <COMMANDS
 *
 * A line of COMMANDS is the words of one command. Each is run without a fault first; then once for each call
 * that fails: of each function that it calls, from each place in the program (a chain of functions that
 * called each other), the first, the middle and the last call, and at most MOST of a function (spread over
 * all). A run must either end with the same output as the first one, or with status 1, one line on standard
 * error, and the output file untouched or complete; in both cases without files left behind, and within 20
 * seconds. Works in a directory of its own, `runN`. */
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
static long own; /* our process number, in the names of our files */
static unsigned passed, failed;

/* A file of ours beside our directory. */
static const char *file_named(const char *what)
{
    static char name[64];

    snprintf(name, sizeof name, "../%s%ld", what, own);
    return name;
}

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

static bool has_word(char **word, const char *what)
{
    for (; *word; word++)
        if (strcmp(*word, what) == 0) return true;
    return false;
}

/* What stands in the output file before a run: a state where the command adds to it. */
static struct text old_file(char **word)
{
    struct text t = {NULL, 0};

    if (has_word(word, "--append")) return read_file("../one.state");
    t.bytes = strdup("old");
    if (!t.bytes) abort();
    t.size = 3;
    return t;
}

/* The time at which a PDF or an EPS was made, up to the end of its line, is no difference. */
static void hide_dates(struct text *t)
{
    static const char key[] = "CreationDate";

    for (size_t i = 0; i + sizeof key <= t->size; i++)
        if (memcmp(t->bytes + i, key, sizeof key - 1) == 0)
            for (; i < t->size && t->bytes[i] != '\n'; i++) t->bytes[i] = ' ';
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
    int in = open("/dev/null", O_RDONLY),
        out = open(file_named("stdout"), O_WRONLY | O_CREAT | O_TRUNC, 0666),
        error = open(file_named("stderr"), O_WRONLY | O_CREAT | O_TRUNC, 0666);

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
        setenv("FAULT_LOG", file_named("log"), 1);
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
        struct text old = old_file(word);
        FILE *f = fopen(output, "w");

        if (!f || fwrite(old.bytes, 1, old.size, f) != old.size || fclose(f)) abort();
        free(old.bytes);
    }
    child = fork();
    if (child == 0) start(word, fault);
    waitpid(child, &o.status, 0);
    o.out = read_file(file_named("stdout"));
    o.error = read_file(file_named("stderr"));
    if (output) o.file = read_file(output);
    hide_dates(&o.file);
    o.others = sweep("tmp", NULL) + sweep(".", output);
    return o;
}

static bool is_one_line(const struct text *t)
{
    return t->size > 11 && strncmp(t->bytes, "losscope: ", 10) == 0 &&
           strchr(t->bytes, '\n') == t->bytes + t->size - 1;
}

/* What is wrong with the outcome; NULL: nothing. */
static const char *fault_of(const struct outcome *o, const struct outcome *expected, const struct text *old)
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
    return is_same(&o->file, old) ? NULL : "the old file is not untouched";
}

static void try(char **word, const char *line, const char *fault, const struct outcome *expected)
{
    struct outcome o = run(word, fault);
    struct text old = old_file(word);
    const char *wrong = fault_of(&o, expected, &old);

    if (wrong)
        failed++, printf("faults: %s: %s (status %x) in: losscope %s%.300s", fault, wrong, (unsigned)o.status,
                         line, o.error.size ? o.error.bytes : "\n");
    else
        passed++;
    free(old.bytes);
    free_outcome(&o);
}

/* The calls of a function, by the places that they come from. */
struct calls {
    char name[64];
    long count;
    struct place {
        unsigned long id;
        long *call, count; /* the numbers of the calls, from 1 */
    } * place;
    size_t places;
};

static void *grow(void *items, size_t count, size_t size)
{
    void *more = realloc(items, count * size);

    if (!more) abort();
    return more;
}

static void add_call(struct calls *f, unsigned long id)
{
    size_t p = 0;

    while (p < f->places && f->place[p].id != id) p++;
    if (p == f->places) {
        f->place = grow(f->place, ++f->places, sizeof *f->place);
        f->place[p] = (struct place){.id = id};
    }
    f->place[p].call = grow(f->place[p].call, (size_t)f->place[p].count + 1, sizeof(long));
    f->place[p].call[f->place[p].count++] = ++f->count;
}

/* What a run has called; false: there is no log of it. */
static bool read_log(struct calls function[FUNCTIONS], size_t *functions)
{
    FILE *log = fopen(file_named("log"), "r");
    char name[64];
    unsigned long id;

    if (!log) return false;
    while (fscanf(log, "%63s %lu", name, &id) == 2) {
        size_t f = 0;

        while (f < *functions && strcmp(function[f].name, name) != 0) f++;
        if (f == FUNCTIONS) abort();
        if (f == *functions)
            function[(*functions)++] = (struct calls){.count = 0}, strcpy(function[f].name, name);
        add_call(&function[f], id);
    }
    fclose(log);
    remove(file_named("log"));
    return true;
}

/* Fails the calls of a function that are chosen, and frees what is known of it. */
static void try_calls(struct calls *f, long most, char **word, const char *line,
                      const struct outcome *expected)
{
    long *chosen = grow(NULL, 3 * f->places, sizeof *chosen), count = 0;
    char fault[100];

    for (size_t p = 0; p < f->places; p++) {
        const struct place *from = &f->place[p];

        chosen[count++] = from->call[0];
        if (from->count > 2) chosen[count++] = from->call[from->count / 2];
        if (from->count > 1) chosen[count++] = from->call[from->count - 1];
        free(from->call);
    }
    for (long k = 0, times = count < most ? count : most; k < times; k++) {
        snprintf(fault, sizeof fault, "%.60s %ld", f->name, chosen[k * count / times]);
        try(word, line, fault, expected);
    }
    free(chosen);
    free(f->place);
}

static void try_all(char *line, long most)
{
    char *word[WORDS] = {(char *)losscope}, words[4096];
    struct calls function[FUNCTIONS];
    size_t functions = 0, n = 1;
    struct outcome expected;

    snprintf(words, sizeof words, "%s", line);
    for (char *w = strtok(words, " \n"); w && n + 1 < WORDS; w = strtok(NULL, " \n")) word[n++] = w;
    expected = run(word, NULL);
    if (!WIFEXITED(expected.status) || WEXITSTATUS(expected.status) || !read_log(function, &functions)) {
        printf("faults: it fails by itself (status %x): losscope %s%s", (unsigned)expected.status, line,
               expected.error.size ? expected.error.bytes : "");
        failed++;
        return;
    }
    for (size_t f = 0; f < functions; f++) try_calls(&function[f], most, word, line, &expected);
    try(word, line, "short 0", &expected);
    try(word, line, "interrupted 0", &expected);
    free_outcome(&expected);
}

int main(int argc, char **argv)
{
    char line[4096], directory[64];

    if (argc != 4) return fputs("usage: faults LOSSCOPE PRELOAD MOST <COMMANDS\n", stderr), 2;
    losscope = argv[1];
    preload = argv[2];
    own = (long)getpid();
    snprintf(directory, sizeof directory, "run%ld", own);
    mkdir(directory, 0777);
    if (chdir(directory) != 0) return perror(directory), 2;
    while (fgets(line, sizeof line, stdin))
        if (*line != '#') try_all(line, atol(argv[3]));
    printf("faults: %u passed, %u failed\n", passed, failed);
    return failed > 0;
}
