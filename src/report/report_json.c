/* report_json.c: the report as JSON: what was read and asked, around the results */
#include "report/formats.h"
#include "report/summary.h"

#include <string.h>

static void json_list(const char *key, const double *x, size_t n, struct string *out)
{
    string_printf(out, "\"%s\": [", key);
    for (size_t i = 0; i < n; i++) {
        if (i) string_puts(out, ", ");
        json_number(x[i], out);
    }
    string_puts(out, "]");
}

static void json_text(const char *key, const struct string *s, struct string *out)
{
    string_printf(out, "\"%s\": ", key);
    if (s->size)
        json_string(s->text, s->size, out);
    else
        string_puts(out, "null");
}

static void json_classes(const struct facts *f, struct string *out)
{
    string_puts(out, ",\n  \"classes\": [");
    for (size_t i = 0; i < f->classes; i++) {
        if (i) string_puts(out, ", ");
        json_string(f->class_name[i], strlen(f->class_name[i]), out);
    }
    string_puts(out, "]");
}

static void json_facts(const struct facts *f, struct string *out)
{
    string_puts(out, "{\n  \"schema\": 1,\n  \"program\": \"losscope\",\n  \"version\": \"" VERSION
                     "\",\n  \"inputs\": [");
    for (size_t i = 0; i < f->file_count; i++) {
        if (i) string_puts(out, ", ");
        json_string(f->files[i], strlen(f->files[i]), out);
    }
    string_puts(out, "],\n  \"columns\": {");
    json_text(f->logits ? "logit" : "prob", &f->score, out);
    string_puts(out, ", ");
    json_text("label", &f->label, out);
    string_puts(out, ", ");
    json_text("weight", &f->weight, out);
    string_puts(out, ", ");
    json_text("by", &f->by, out);
    string_printf(out, "},\n  \"task\": \"%s\",\n  \"header\": %s,\n  \"delimiter\": ", task_names[f->task],
                  f->header ? "true" : "false");
    if (f->delimiter)
        json_string(&f->delimiter, 1, out);
    else
        string_puts(out, "null");
    string_puts(out, ",\n  \"format\": ");
    json_string(f->format, strlen(f->format), out);
    if (f->positive) {
        string_puts(out, ",\n  \"positive\": ");
        json_string(f->positive, strlen(f->positive), out);
    }
    if (f->task != TASK_BINARY) json_classes(f, out);
}

void understood_json(const struct facts *f, struct string *out)
{
    json_facts(f, out);
    string_puts(out, ",\n  ");
    json_text("command", &f->command, out);
    string_puts(out, "\n}\n");
}

static void json_counts(const struct counts *c, struct string *out)
{
    string_puts(out, ",\n  \"counts\": {");
    for (size_t i = 0; i < count_kinds; i++)
        string_printf(out, "%s\"%s\": %llu", i ? ", " : "", count_kind[i].name,
                      (unsigned long long)count_of(c, &count_kind[i]));
    string_puts(out, "},\n");
}

static void json_losses(const struct analysis *a, struct string *out)
{
    string_puts(out, "\"loss\": [");
    for (size_t i = 0; i < a->loss_count; i++) string_printf(out, "%s\"%s\"", i ? ", " : "", a->loss[i].text);
    string_puts(out, "], ");
    json_list("gamma", a->gamma, a->gamma_count, out);
    string_puts(out, ", \"alpha\": [");
    for (size_t i = 0; i < a->alpha_count; i++) {
        if (i) string_puts(out, ", ");
        if (a->alpha[i].kind == ALPHA_NUMBER)
            json_number(a->alpha[i].number, out);
        else
            json_string(a->alpha[i].text, strlen(a->alpha[i].text), out);
    }
    string_puts(out, "], ");
    json_list("beta", a->beta, a->beta_count, out);
    string_puts(out, ", ");
    json_list("easy", a->easy, a->easy_count, out);
    string_puts(out, ", ");
}

static void json_intervals(const struct analysis *a, const struct facts *f, struct string *out)
{
    string_puts(out, ", \"ci\": ");
    json_number(a->ci, out);
    string_puts(out, ", ");
    json_text("cluster", f->clusters ? &f->cluster : &(struct string){0}, out);
    string_printf(out, ", \"clusters\": ");
    if (f->clusters)
        string_printf(out, "%zu", f->clusters);
    else
        string_puts(out, "null");
}

static void begin(struct pieces *p, struct string *out)
{
    const struct report *r = p->report;
    const struct facts *f = r->facts;

    json_facts(f, out);
    json_counts(&f->counts, out);
    string_puts(out, "  \"notes\": [");
    for (size_t i = 0; i < r->notes; i++) {
        if (i) string_puts(out, ", ");
        json_string(r->note[i], strlen(r->note[i]), out);
    }
    string_puts(out, "],\n");
    string_puts(out, "  \"settings\": {");
    if (!r->analysis->metrics) json_losses(r->analysis, out);
    string_puts(out, "\"clip\": ");
    json_number(f->clip, out);
    if (r->analysis->ci > 0) json_intervals(r->analysis, f, out);
    string_puts(out, "},\n  \"results\": [");
}

static void put_rows(struct pieces *p, const struct table *rows, struct string *out)
{
    if (p->rows) string_putc(out, ',');
    emit_json_indented(rows, "  ", out);
    p->rows += rows->row_count;
    p->curve_bound = rows->curve_bound;
}

static void end(struct pieces *p, struct string *out)
{
    string_puts(out, "\n  ]");
    if (!p->report->analysis->metrics) {
        string_puts(out, ",\n  \"curve_bound\": ");
        json_number(p->curve_bound, out);
    }
    string_puts(out, "\n}\n");
}

const struct pieces_form pieces_json = {NULL, begin, put_rows, end};
