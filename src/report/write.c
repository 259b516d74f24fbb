/* write.c: the report in its forms: the heading and the finding of the text form, JSON's frame */
#include "base/number.h"
#include "report/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t column_of(const struct table *t, const char *name)
{
    size_t c = 0;

    while (c < t->column_count && strcmp(t->column[c].name, name) != 0) c++;
    return c;
}

static const struct value *value_of(const struct table *t, size_t row, const char *name)
{
    return &t->value[row * t->column_count + column_of(t, name)];
}

static const char *task_name(enum task task)
{
    static const char *const name[] = {"", "binary", "softmax", "sigmoid", "multilabel"};

    return name[task];
}

static void heading(const struct facts *f, struct string *out)
{
    const struct counts *c = &f->counts;

    for (size_t i = 0; i < f->file_count && i < 4; i++)
        string_printf(out, "%s%s", i ? ", " : "",
                      strcmp(f->files[i], "-") == 0 ? "standard input" : f->files[i]);
    if (f->file_count > 4) string_printf(out, " and %zu more", f->file_count - 4);
    if (f->file_count == 0) string_puts(out, "standard input");
    string_printf(out, ": %s, %s from %s, labels from %s", f->logits ? "logits" : "probabilities",
                  task_name(f->task), f->score.text ? f->score.text : "column 1",
                  f->label.text ? f->label.text : "column 2");
    if (f->weight.size) string_printf(out, ", weights from %s", f->weight.text);
    string_printf(out, "\n%llu examples", (unsigned long long)c->examples);
    if (c->positives + c->negatives)
        string_printf(out, ": %llu positive (%.3g %%), %llu negative", (unsigned long long)c->positives,
                      c->examples ? 100 * (double)c->positives / (double)c->examples : 0,
                      (unsigned long long)c->negatives);
    else
        string_printf(out, " of %zu classes", f->classes);
    if (c->ignored) string_printf(out, "; %llu ignored", (unsigned long long)c->ignored);
    if (c->bad)
        string_printf(out, "; %llu bad row%s left out", (unsigned long long)c->bad, c->bad == 1 ? "" : "s");
    if (c->clamped) string_printf(out, "; %llu clamped to 0 or 1", (unsigned long long)c->clamped);
    if (c->clipped) string_printf(out, "; %llu clipped", (unsigned long long)c->clipped);
    string_puts(out, "\n\n");
}

/* The columns that a person looks at first; what is empty in all rows is left out. */
void report_pick(const struct facts *f, const struct table *t, struct picked *out)
{
    static const char *const sides[] = {"group",    "class",    "loss",           "gamma", "alpha",
                                        "beta",     "easy",     "share_of_total", "mean",  "easy_neg",
                                        "hard_neg", "easy_pos", "hard_pos",       "top20", "grad_easy_neg",
                                        "half",     "gini",     "effective",      "sum",   "per_positive"};
    static const char *const plain[] = {
        "group", "class",           "loss", "gamma",      "alpha",      "beta",
        "easy",  "share_of_total",  "mean", "easy_share", "hard_share", "top1",
        "top20", "grad_easy_share", "half", "gini",       "effective",  "sum"};
    bool two = f->counts.positives + f->counts.negatives > 0;
    const char *const *name = two ? sides : plain;
    size_t names = two ? sizeof sides / sizeof *sides : sizeof plain / sizeof *plain, kept = 0, from[PICKED];

    for (size_t i = 0; i < names; i++) {
        size_t c = column_of(t, name[i]);
        bool any = false;

        for (size_t r = 0; r < t->row_count; r++) {
            const struct value *v = &t->value[r * t->column_count + c], *first = &t->value[c];

            any |=
                v->kind != CELL_EMPTY && (strcmp(name[i], "easy") != 0 || v->as.number != first->as.number);
        }
        if (!any) continue;
        out->column[kept] = t->column[c];
        from[kept++] = c;
    }
    table_init(&out->table, out->column, kept);
    for (size_t r = 0; r < t->row_count; r++) {
        struct value *row = table_row(&out->table);

        for (size_t c = 0; c < kept; c++) row[c] = t->value[r * t->column_count + from[c]];
    }
}

static void text_table(const struct report_style *style, const struct facts *f, const struct table *t,
                       struct string *out)
{
    struct picked picked;

    report_pick(f, t, &picked);
    if (style->format == REPORT_MARKDOWN)
        emit_markdown(&picked.table, out);
    else
        emit_text(&picked.table, style->width, style->colour, out);
    table_free(&picked.table);
}

static bool row_is(const struct table *t, size_t r, const char *loss, double gamma)
{
    const struct value *g = value_of(t, r, "gamma");

    return strcmp(value_of(t, r, "loss")->as.text, loss) == 0 &&
           (isnan(gamma) ? g->kind == CELL_EMPTY : g->kind == CELL_SETTING && g->as.number == gamma);
}

/* One sentence from the figures: what γ does to the easy examples' share. */
void report_finding(const struct facts *f, const struct table *t, struct string *out)
{
    bool two = f->counts.positives + f->counts.negatives > 0;
    const char *share = two ? "easy_neg" : "easy_share", *who = two ? "easy negatives" : "easy examples";
    ptrdiff_t ce = -1, fl = -1;
    char a[32], b[32], number[NUMBER_SIZE];

    for (size_t r = 0; r < t->row_count; r++) {
        const struct value *gamma = value_of(t, r, "gamma");

        if (row_is(t, r, "ce", NAN)) ce = (ptrdiff_t)r;
        if (strcmp(value_of(t, r, "loss")->as.text, "focal") == 0 && gamma->kind == CELL_SETTING &&
            (fl < 0 || gamma->as.number == 2 || value_of(t, (size_t)fl, "gamma")->as.number != 2))
            fl = (ptrdiff_t)r;
    }
    if (ce < 0 || fl < 0 || value_of(t, (size_t)ce, share)->kind != CELL_SHARE ||
        value_of(t, (size_t)fl, share)->kind != CELL_SHARE)
        return;
    show_share(value_of(t, (size_t)fl, share)->as.number, a, sizeof a);
    show_share(value_of(t, (size_t)ce, share)->as.number, b, sizeof b);
    number_format(value_of(t, (size_t)fl, "gamma")->as.number, number);
    string_printf(out, "At γ = %s %s hold %s of the loss; under CE they hold %s.", number, who, a, b);
}

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
    string_printf(out, "},\n  \"task\": \"%s\",\n  \"header\": %s,\n  \"delimiter\": ", task_name(f->task),
                  f->header ? "true" : "false");
    if (f->delimiter)
        json_string(&f->delimiter, 1, out);
    else
        string_puts(out, "null");
    string_puts(out, ",\n  \"format\": ");
    json_string(f->format, strlen(f->format), out);
    if (f->task != TASK_BINARY) json_classes(f, out);
}

static void json_counts(const struct counts *c, struct string *out)
{
    const struct {
        const char *name;
        uint64_t n;
    } count[] = {{"rows", c->rows},           {"examples", c->examples}, {"positives", c->positives},
                 {"negatives", c->negatives}, {"ignored", c->ignored},   {"bad", c->bad},
                 {"blank", c->blank},         {"clamped", c->clamped},   {"clipped", c->clipped}};

    string_puts(out, ",\n  \"counts\": {");
    for (size_t i = 0; i < sizeof count / sizeof *count; i++)
        string_printf(out, "%s\"%s\": %llu", i ? ", " : "", count[i].name, (unsigned long long)count[i].n);
    string_puts(out, "},\n");
}

static void json(const struct analysis *a, const struct facts *f, const struct table *t, struct string *out)
{
    json_facts(f, out);
    json_counts(&f->counts, out);
    string_puts(out, "  \"settings\": {\"loss\": [");
    for (size_t i = 0; i < a->loss_count; i++) string_printf(out, "%s\"%s\"", i ? ", " : "", a->loss[i].text);
    string_puts(out, "], ");
    json_list("gamma", a->gamma, a->gamma_count, out);
    string_puts(out, ", \"alpha\": [");
    for (size_t i = 0; i < a->alphas; i++) {
        if (i) string_puts(out, ", ");
        if (a->alpha[i].kind == ALPHA_NUMBER)
            json_number(a->alpha[i].number, out);
        else
            json_string(a->alpha[i].text, strlen(a->alpha[i].text), out);
    }
    string_puts(out, "], ");
    json_list("beta", a->beta, a->beta_count, out);
    string_puts(out, ", ");
    json_list("easy", a->easy, a->easies, out);
    string_puts(out, ", \"clip\": ");
    json_number(f->clip, out);
    string_puts(out, "},\n  \"results\": ");
    emit_json_rows(t, "  ", out);
    string_puts(out, "\n}\n");
}

static const char *delimiter_name(char c, char own[8])
{
    static const struct {
        char c;
        const char *name;
    } known[] = {{',', "commas"}, {'\t', "tabs"}, {';', "semicolons"}, {' ', "spaces"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].c == c) return known[i].name;
    snprintf(own, 8, "'%c'", c);
    return own;
}

static void understood_column(const char *what, const struct string *list, bool found, const char *kind,
                              struct string *out)
{
    if (!list->size) return;
    string_printf(out, "%-9s %s", what, list->text);
    if (*kind) string_printf(out, " (%s)", kind);
    string_puts(out, found ? ", found by itself\n" : "\n");
}

void report_understood(enum report_format format, const struct facts *f, struct string *out)
{
    char own[8];

    if (format == REPORT_JSON || format == REPORT_JSONL) {
        json_facts(f, out);
        string_puts(out, "\n}\n");
        return;
    }
    string_printf(out, "%-9s %s: %s", "input", strcmp(f->files[0], "-") == 0 ? "standard input" : f->files[0],
                  f->format);
    if (f->delimiter)
        string_printf(out, ", fields between %s, %s header", delimiter_name(f->delimiter, own),
                      f->header ? "a" : "no");
    string_printf(out, "\n%-9s %s", "task", task_name(f->task));
    if (f->task != TASK_BINARY)
        string_printf(out, ", %zu classes: %s to %s", f->classes, f->class_name[0],
                      f->class_name[f->classes - 1]);
    string_putc(out, '\n');
    understood_column("scores", &f->score, f->found_score, f->logits ? "logits" : "probabilities", out);
    understood_column("labels", &f->label, f->found_label, "", out);
    understood_column("weights", &f->weight, f->found_weight, "", out);
    understood_column("groups", &f->by, false, "", out);
}

void report_table(enum report_format format, size_t width, const struct table *t, struct string *out)
{
    switch (format) {
    case REPORT_CSV: emit_csv(t, ',', out); break;
    case REPORT_TSV: emit_csv(t, '\t', out); break;
    case REPORT_JSONL: emit_jsonl(t, out); break;
    case REPORT_JSON:
        emit_json_rows(t, "", out);
        string_putc(out, '\n');
        break;
    case REPORT_MARKDOWN: emit_markdown(t, out); break;
    default: emit_text(t, width, false, out); break;
    }
}

void report_write(const struct report_style *style, const struct analysis *a, const struct facts *facts,
                  const struct table *t, struct string *out)
{
    size_t before;

    if (style->format == REPORT_JSON) {
        json(a, facts, t, out);
        return;
    }
    if (style->format != REPORT_TEXT && style->format != REPORT_MARKDOWN) {
        report_table(style->format, style->width, t, out);
        return;
    }
    heading(facts, out);
    text_table(style, facts, t, out);
    before = out->size;
    string_putc(out, '\n');
    report_finding(facts, t, out);
    if (out->size > before + 1)
        string_putc(out, '\n');
    else
        out->text[out->size = before] = 0;
}
