/* options.c: any text as the values of options: a line is an option's name, '=' and its value, or a letter
   that chooses the option, and its value; with what is taken a small file is read and reported in every form,
   and assertions are looked up (for libFuzzer) */
#include "fuzz.h"

#include "command/options.h"
#include "report/metrics.h"

/* So many results are computed at most. */
enum { MOST_RESULTS = 300 };

struct choice {
    const struct option_row *row;
    void *to;
};

/* The option of a line, and its value. */
static struct choice choose(struct data_options *o, struct assertions *a, const char *line,
                            const char **value)
{
    const struct option_row *const rows[] = {options_analysis, options_assert,    options_results,
                                             options_metrics,  options_intervals, options_cluster,
                                             options_input};
    void *to[] = {o, a, o, o, o, o, &o->input};
    size_t count = 0, tables = sizeof rows / sizeof *rows, name = strcspn(line, "="), which;

    for (size_t r = 0; r < tables; r++)
        for (size_t i = 0; rows[r][i].name; i++, count++)
            if (line[name] && strlen(rows[r][i].name) == name && memcmp(rows[r][i].name, line, name) == 0) {
                *value = line + name + 1;
                return (struct choice){&rows[r][i], to[r]};
            }
    *value = line + 1;
    which = (unsigned char)line[0] % count;
    for (size_t r = 0; r < tables; r++)
        for (size_t i = 0; rows[r][i].name; i++)
            if (which-- == 0) return (struct choice){&rows[r][i], to[r]};
    abort();
}

static bool take_all(struct data_options *o, struct assertions *a, char *text, struct diag *d)
{
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        const char *value;
        struct choice c = choose(o, a, line, &value);

        if (strcmp(c.row->name, "labels") == 0) continue; /* another file's name */
        if (strcmp(c.row->name, "threads") == 0) continue;
        if (!c.row->take(c.to, c.row->argument ? value : NULL, d)) return false;
    }
    return data_options_complete(o, d) && data_options_check_used(o, d);
}

static size_t results_of(const struct analysis *a)
{
    double n = (double)a->loss_count * (double)a->gamma_count * (double)a->beta_count *
               (double)a->alpha_count * (double)a->easy_count;

    return n < MOST_RESULTS ? (size_t)n : MOST_RESULTS;
}

static void write_all(const struct report *r)
{
    const struct page page = {.text = {80, false}};

    for (size_t i = 0; i < output_format_count; i++) {
        const struct output_format *form = &output_formats[i];
        struct pieces p = {.report = r, .page = &page};
        struct string out = {0};

        if (form->report) form->report(r, &page, &out);
        if (form->table) form->table(r->table, &page, &out);
        if (form->understood) form->understood(r->facts, &out);
        if (form->pieces && r->table->row_count) {
            if (form->pieces->look) form->pieces->look(&p, r->table);
            form->pieces->begin(&p, &out);
            form->pieces->rows(&p, r->table, &out);
            form->pieces->end(&p, &out);
        }
        must(!out.size || strlen(out.text) == out.size, "a NUL in the output");
        pieces_free(&p);
        string_free(&out);
    }
}

static void report(const struct analysis *a, const struct assertions *said, const struct tally *t,
                   struct diag *d)
{
    struct table table = {0};
    struct report r = {.analysis = a, .facts = &t->facts, .table = &table};
    bool ok = a->metrics ? metrics_build(a, t, &table, d) : report_build(a, &t->facts, t, &table, d);

    fuzz_message(ok, d);
    r.notes = notes_of(t, r.note);
    for (size_t i = 0; ok && !a->metrics && i < said->count; i++) {
        struct string text = {0};
        bool holds;

        fuzz_message(assertion_check(&said->item[i], &table, &holds, &text, d), d);
        *d = (struct diag){0};
        string_free(&text);
    }
    if (ok && !a->metrics) write_all(&r);
    table_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char rows[] = "id,p_a,p_b,p_c,score,label,y_a,w\nr1,.2,.3,.5,.1,a,1,2\n"
                               "r2,.5,.25,.25,.9,b,0,3\nr1,.25,.25,.5,.5,c,0,1e9\n";
    char *text = malloc(size + 1), path[64];
    int fd = fuzz_file(rows, sizeof rows - 1, path);
    const char *files[] = {path};
    struct assertions said = {0};
    struct data_options o = {0};
    struct diag d = {0};

    must(text, "no memory");
    if (size) memcpy(text, data, size);
    text[size] = 0;
    input_defaults(&o.input);
    if (take_all(&o, &said, text, &d)) {
        struct cuts cuts = analysis_cuts(&o.analysis);
        struct tally t;

        o.input.files = files;
        o.input.file_count = 1;
        o.input.progress = 0;
        o.input.threads = o.analysis.threads = 1;
        o.input.apart = analysis_apart(&o.analysis);
        if (fuzz_read_cut(&o.input, 1 << 20, &cuts, &t, &d) && !o.input.dry_run &&
            results_of(&o.analysis) < MOST_RESULTS && (!o.analysis.top_groups || t.facts.grouped)) {
            tally_join(&t);
            report(&o.analysis, &said, &t, &d);
        }
        free(cuts.at);
        tally_free(&t);
    } else {
        fuzz_message(false, &d);
    }
    data_options_free(&o);
    assertions_free(&said);
    close(fd);
    free(text);
    return 0;
}
