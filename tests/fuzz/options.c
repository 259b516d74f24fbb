/* options.c: any text as the values of options: a line is a letter that chooses the option, and its value;
   what is taken is then used on a small file (for libFuzzer) */
#include "fuzz.h"

#include "command/options.h"

struct choice {
    const struct option_row *row;
    void *to;
};

static struct choice choose(struct data_options *o, unsigned which)
{
    const struct option_row *const rows[] = {options_analysis, options_results, options_intervals,
                                             options_input};
    void *to[] = {o, o, o, &o->input};
    enum { ROWS = sizeof to / sizeof *to };
    size_t count = 0;

    for (size_t r = 0; r < ROWS; r++)
        for (size_t i = 0; rows[r][i].name; i++) count++;
    which %= count;
    for (size_t r = 0; r < ROWS; r++)
        for (size_t i = 0; rows[r][i].name; i++)
            if (which-- == 0) return (struct choice){&rows[r][i], to[r]};
    abort();
}

static bool take_all(struct data_options *o, char *text, struct diag *d)
{
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        struct choice c = choose(o, (unsigned char)line[0]);

        if (strcmp(c.row->name, "labels") == 0) continue; /* another file's name */
        if (strcmp(c.row->name, "threads") == 0) continue;
        if (!c.row->take(c.to, c.row->argument ? line + 1 : NULL, d)) return false;
    }
    return data_options_complete(o, d) && data_options_check_used(o, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char rows[] =
        "id,p_a,p_b,p_c,score,label,y_a,w\nr1,.2,.3,.5,.1,a,1,2\nr2,.5,.25,.25,.9,b,0,3\n";
    char *text = malloc(size + 1), path[64];
    int fd = fuzz_file(rows, sizeof rows - 1, path);
    const char *files[] = {path};
    struct data_options o;
    struct diag d = {0};

    must(text, "no memory");
    memcpy(text, data, size);
    text[size] = 0;
    data_options_init(&o);
    if (take_all(&o, text, &d)) {
        struct tally t;

        o.input.files = files;
        o.input.file_count = 1;
        o.input.progress = 0;
        o.input.threads = 1;
        fuzz_read(&o.input, 1 << 20, &t, &d);
        tally_free(&t);
    } else {
        must(d.status && d.text[0] && !strchr(d.text, '\n'), "not a message of one line");
    }
    data_options_free(&o);
    close(fd);
    free(text);
    return 0;
}
