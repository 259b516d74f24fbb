/* summary.c: the report for reading: its heading, its sentence, and what was understood of the input */
#include "report/summary.h"

#include "base/number.h"
#include "loss/loss.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FILES = 4, MOST_COLUMNS = 4 };

void summary_add_file(const char *name, struct string *out)
{
    if (strcmp(name, "-") == 0)
        string_puts(out, "standard input");
    else
        string_add_printable(out, name, strlen(name));
}

void summary_add_columns(const struct string *list, struct string *out)
{
    size_t first, last = list->size, count = 1;

    if (!list->size) return;
    for (size_t i = 0; i < list->size; i++) count += list->text[i] == ',';
    if (count <= MOST_COLUMNS) {
        string_add_printable(out, list->text, list->size);
        return;
    }
    first = strcspn(list->text, ",");
    while (list->text[last - 1] != ',') last--;
    string_add_printable(out, list->text, first);
    string_puts(out, " … ");
    string_add_printable(out, list->text + last, list->size - last);
}

void summary_add_examples(const struct facts *f, const struct counts *c, struct string *out)
{
    string_printf(out, "%llu example%s", (unsigned long long)c->examples, c->examples == 1 ? "" : "s");
    if (c->positives + c->negatives > 0)
        string_printf(out, ": %llu positive (%.3g %%), %llu negative", (unsigned long long)c->positives,
                      c->examples ? 100 * (double)c->positives / (double)c->examples : 0,
                      (unsigned long long)c->negatives);
    else
        string_printf(out, " of %zu classes", f->classes);
}

void summary_add_asides(const struct counts *c, struct string *out)
{
    for (size_t i = 0; i < count_kinds; i++) {
        uint64_t n = count_of(c, &count_kind[i]);

        if (n && count_kind[i].aside)
            string_printf(out, "; %llu %s", (unsigned long long)n,
                          n == 1 ? count_kind[i].one : count_kind[i].many);
    }
}

void summary_add_source(const struct facts *f, struct string *out)
{
    for (size_t i = 0; i < f->file_count && i < MOST_FILES; i++) {
        if (i) string_puts(out, ", ");
        summary_add_file(f->files[i], out);
    }
    if (f->file_count > MOST_FILES) string_printf(out, " and %zu more", f->file_count - MOST_FILES);
    if (f->file_count == 0) string_puts(out, "standard input");
    string_printf(out, ": %s, %s from ", f->logits ? "logits" : "probabilities", task_names[f->task]);
    summary_add_columns(&f->score, out);
    string_puts(out, ", labels from ");
    summary_add_columns(&f->label, out);
    if (f->positive) {
        char shown[DIAG_SHOWN];

        string_printf(out, " (positive: %s)", diag_shown(shown, f->positive, strlen(f->positive)));
    }
    if (f->weight.size) string_puts(out, ", weights from ");
    summary_add_columns(&f->weight, out);
}

static void put_heading(const struct facts *f, struct string *out)
{
    summary_add_source(f, out);
    string_putc(out, '\n');
    summary_add_examples(f, &f->counts, out);
    summary_add_asides(&f->counts, out);
    string_puts(out, "\n\n");
}

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

/* The share that the sentence speaks of, in a row of the whole at the first threshold; NULL in any other. */
static const struct value *whole_share(const struct report *r, size_t row, const char *share)
{
    const struct table *t = r->table;
    const struct value *v = value_of(t, row, share);

    if (strcmp(value_of(t, row, "level")->as.text, "total") != 0 || v->kind != CELL_SHARE) return NULL;
    return value_of(t, row, "easy")->as.number == r->analysis->easy[0] ? v : NULL;
}

void report_finding(const struct report *r, struct string *out)
{
    const struct counts *n = &r->facts->counts;
    bool negatives = n->positives && n->negatives;
    const char *share = negatives ? "easy_neg" : "easy_share";
    const struct value *ce = NULL, *focal = NULL, *gamma = NULL;
    char a[32], b[32], number[NUMBER_SIZE];

    if (r->analysis->metrics) return;
    for (size_t row = 0; row < r->table->row_count; row++) {
        const struct value *own = value_of(r->table, row, "gamma"), *v = whole_share(r, row, share);
        const char *loss = value_of(r->table, row, "loss")->as.text;

        if (!v) continue;
        if (strcmp(loss, loss_focal.at_zero->name) == 0) ce = v;
        if (strcmp(loss, loss_focal.name) == 0 && (!gamma || own->as.number == 2 || gamma->as.number != 2))
            focal = v, gamma = own;
    }
    if (!ce || !focal) return;
    show_share(focal->as.number, a, sizeof a);
    show_share(ce->as.number, b, sizeof b);
    number_format(gamma->as.number, number);
    string_printf(out, "At γ = %s easy %s", number, negatives ? "negatives" : "examples");
    number_format(r->analysis->easy[0], number);
    if (r->analysis->easy_count > 1) string_printf(out, " (p_t ≥ %s)", number);
    string_printf(out, " hold %s of the loss; under CE they hold %s.", a, b);
}

static void look(struct pieces *p, const struct table *rows)
{
    if (!p->layout.width) {
        first_columns_open(&p->first, p->report);
        text_layout_open(&p->layout, p->first.count);
    }
    first_columns_look(&p->first, rows);
}

static void look_text(struct pieces *p, const struct table *rows)
{
    look(p, rows);
    first_columns_take(&p->first, rows);
    text_layout_look(&p->layout, &p->first.table);
}

/* The sentence comes from the rows of the whole, which all come in one piece. */
static void find(struct pieces *p, const struct table *rows)
{
    struct report r = *p->report;
    size_t level = column_of(rows, "level");

    r.table = rows;
    for (size_t row = 0; row < rows->row_count; row++)
        if (strcmp(rows->value[row * rows->column_count + level].as.text, "total") == 0) {
            report_finding(&r, &p->finding);
            return;
        }
}

static void begin_text(struct pieces *p, struct string *out)
{
    struct first_columns *c = &p->first;
    struct text_layout *l = &p->layout;
    size_t kept = 0;

    put_heading(p->report->facts, out);
    for (size_t i = 0; i < c->count; i++) {
        if (!c->telling[i]) continue;
        l->width[kept] = l->width[i];
        l->text[kept++] = l->text[i];
    }
    first_columns_settle(c);
    text_layout_fit(l, &c->table, p->page->text.width);
    text_put_head(&c->table, l, p->page->text.colour, out);
}

static void rows_text(struct pieces *p, const struct table *rows, struct string *out)
{
    first_columns_take(&p->first, rows);
    text_put_rows(&p->first.table, &p->layout, out);
    find(p, rows);
}

static void end_text(struct pieces *p, struct string *out)
{
    struct string left_out = {0}, intervals = {0}, note = {0};

    for (size_t c = 0; c < p->first.count; c++)
        if (p->layout.left_out[c])
            string_printf(&left_out, "%s%s", left_out.size ? ", " : "", p->first.column[c].heading);
    report_intervals_note(p->report, &intervals);
    if (p->finding.size || left_out.size || intervals.size) string_putc(out, '\n');
    if (p->finding.size) text_put_sentences(p->finding.text, &p->page->text, out);
    if (intervals.size) {
        string_printf(&note, "Under each row: %s.", intervals.text);
        text_put_sentences(note.text, &p->page->text, out);
        note.size = 0;
    }
    if (left_out.size) {
        string_printf(&note, "Left out at this width: %s (-f csv has all columns).", left_out.text);
        text_put_sentences(note.text, &p->page->text, out);
    }
    string_free(&left_out);
    string_free(&intervals);
    string_free(&note);
}

const struct pieces_form pieces_text = {look_text, begin_text, rows_text, end_text};

static void begin_markdown(struct pieces *p, struct string *out)
{
    put_heading(p->report->facts, out);
    first_columns_settle(&p->first);
}

static void rows_markdown(struct pieces *p, const struct table *rows, struct string *out)
{
    first_columns_take(&p->first, rows);
    if (!p->rows) emit_markdown_head(&p->first.table, out);
    p->rows += rows->row_count;
    emit_markdown_rows(&p->first.table, out);
    find(p, rows);
}

static void end_markdown(struct pieces *p, struct string *out)
{
    struct string intervals = {0};

    report_intervals_note(p->report, &intervals);
    if (p->finding.size) string_printf(out, "\n%s\n", p->finding.text);
    if (intervals.size) string_printf(out, "\nIn parentheses: %s.\n", intervals.text);
    string_free(&intervals);
}

const struct pieces_form pieces_markdown = {look, begin_markdown, rows_markdown, end_markdown};

void pieces_free(struct pieces *p)
{
    text_layout_close(&p->layout);
    table_free(&p->first.table);
    string_free(&p->finding);
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
    string_printf(out, "%-9s ", what);
    summary_add_columns(list, out);
    if (*kind) string_printf(out, " (%s)", kind);
    string_puts(out, found ? ", found by itself\n" : "\n");
}

void understood_text(const struct facts *f, struct string *out)
{
    char own[8];

    string_printf(out, "%-9s ", "input");
    summary_add_file(f->files[0], out);
    string_printf(out, ": %s", f->format);
    if (f->delimiter)
        string_printf(out, ", fields between %s, %s header", delimiter_name(f->delimiter, own),
                      f->header ? "a" : "no");
    string_printf(out, "\n%-9s %s", "task", task_names[f->task]);
    if (f->task != TASK_BINARY) {
        string_printf(out, ", %zu classes: ", f->classes);
        string_add_printable(out, f->class_name[0], strlen(f->class_name[0]));
        string_puts(out, " to ");
        string_add_printable(out, f->class_name[f->classes - 1], strlen(f->class_name[f->classes - 1]));
    }
    string_putc(out, '\n');
    understood_column("scores", &f->score, f->found_score, f->logits ? "logits" : "probabilities", out);
    understood_column("labels", &f->label, f->found_label, "", out);
    understood_column("weights", &f->weight, f->found_weight, "", out);
    understood_column("groups", &f->by, false, "", out);
    understood_column("clusters", &f->cluster, false, "", out);
    if (f->preview.size) string_puts(out, f->preview.text);
    if (f->command.size) {
        string_printf(out, "%-9s ", "same as");
        string_add_printable(out, f->command.text, f->command.size);
        string_putc(out, '\n');
    }
}
