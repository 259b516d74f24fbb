/* html_tables.c: the tables of the html page: results of the whole, of groups and of classes */
#include "base/number.h"
#include "report/html.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a page shows at most: settings of the whole; groups or classes; rows of these. */
enum { MOST_SETTINGS = 200, MOST_PARTS = 50, MOST_ROWS = 2000 };

struct analysis page_analysis(const struct analysis *a, const struct facts *f)
{
    struct analysis shown = *a;

    if (f->group_count > MOST_PARTS && (!a->top_groups || a->top_groups > MOST_PARTS))
        shown.top_groups = MOST_PARTS;
    return shown;
}

/* What a row of the results is of. */
enum row_scope { OF_WHOLE, OF_GROUP, OF_CLASS, OF_CLASS_IN_GROUP };

/* The results, and which columns a table shows of them. */
struct shown {
    const struct report *report;
    const struct table *t;
    size_t group, class, level, loss, gamma, alpha, beta, easy, share; /* columns */
    bool several_easy;
    size_t *column, count; /* of the table at hand, without the settings */
};

static size_t column_named(const struct table *t, const char *name)
{
    size_t c = 0;

    while (c + 1 < t->column_count && strcmp(t->column[c].name, name) != 0) c++;
    return c;
}

static const struct value *at(const struct shown *s, size_t row, size_t column)
{
    return &s->t->value[row * s->t->column_count + column];
}

static enum row_scope scope_of(const struct shown *s, size_t row)
{
    const char *level = at(s, row, s->level)->as.text;

    if (strcmp(level, "class") != 0) return strcmp(level, "total") == 0 ? OF_WHOLE : OF_GROUP;
    return at(s, row, s->group)->as.text == at(s, s->t->row_count - 1, s->group)->as.text ? OF_CLASS
                                                                                          : OF_CLASS_IN_GROUP;
}

static void put_value(const struct value *v, struct string *out)
{
    struct string text = {0};

    if (v->kind == CELL_TEXT) {
        page_text(v->as.text, out);
        return;
    }
    value_add_shown(v, &text);
    if (*text.text == '-') string_puts(out, "−");
    page_prose(text.text + (*text.text == '-'), out);
    string_free(&text);
}

/* Under a value its interval, whose ends stand in the results from `low` on. */
static void put_range(const struct value *v, const struct value *low, struct string *out)
{
    struct string ends = {0};

    if (low->kind != CELL_EMPTY)
        range_add_shown(v, &(struct range){low[0].as.number, low[1].as.number}, &ends);
    if (ends.size) string_printf(out, "<br><small>%s</small>", ends.text);
    string_free(&ends);
}

/* data-v: what the script sorts by. low: of its interval, NULL: there is none. */
static void put_cell(const struct value *v, const struct value *low, struct string *out)
{
    char number[NUMBER_SIZE] = "";

    if (v->kind == CELL_TEXT) {
        string_puts(out, "<td class=\"text\">");
    } else {
        if (v->kind == CELL_COUNT)
            snprintf(number, sizeof number, "%llu", (unsigned long long)v->as.count);
        else if (v->kind != CELL_EMPTY && isinf(v->as.number))
            snprintf(number, sizeof number, "%sInfinity", v->as.number < 0 ? "-" : "");
        else if (v->kind != CELL_EMPTY)
            number_format(v->as.number, number);
        string_printf(out, "<td data-v=\"%s\">", number);
    }
    put_value(v, out);
    if (low) put_range(v, low, out);
    string_puts(out, "</td>");
}

/* "focal γ 2 α 0.25" */
static void put_setting(const struct shown *s, size_t row, struct string *out)
{
    const struct {
        size_t column;
        const char *name;
    } part[] = {{s->gamma, "γ"}, {s->beta, "β"}, {s->alpha, "α"}, {s->easy, "easy ≥"}};

    put_value(at(s, row, s->loss), out);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        const struct value *v = at(s, row, part[i].column);

        if (v->kind == CELL_EMPTY || (part[i].column == s->easy && !s->several_easy)) continue;
        string_printf(out, " %s&nbsp;", part[i].name);
        put_value(v, out);
    }
}

static void table_begin(const struct shown *s, const char *class, const char *first, const char *caption,
                        struct string *out)
{
    string_printf(out,
                  "<div class=\"scroll%s\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n<table>\n"
                  "<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th>",
                  class, caption, caption, first);
    for (size_t i = 0; i < s->count; i++) {
        const struct column *c = &s->t->column[s->column[i]];

        string_puts(out, "<th scope=\"col\" title=\"");
        page_text(report_meaning(c->name), out);
        string_puts(out, "\">");
        page_prose(c->heading, out);
        string_puts(out, "</th>");
    }
    string_puts(out, "</tr></thead>\n");
}

static void table_end(struct string *out)
{
    string_puts(out, "</table>\n</div>\n");
}

static void put_cells(const struct shown *s, size_t row, struct string *out)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t low = report_interval(s->report->analysis, s->column[i]);

        put_cell(at(s, row, s->column[i]), low ? at(s, row, low) : NULL, out);
    }
    string_puts(out, "</tr>\n");
}

/* The command that prints what is left out; what that is has been said. */
static void put_rest(const char *command, struct string *out)
{
    string_puts(out, "All of them: <code>");
    page_text(command, out);
    string_puts(out, "</code></p>\n");
}

static void whole_table(const struct shown *s, const size_t *row, size_t rows, const char *class,
                        const char *caption, struct string *out)
{
    table_begin(s, class, "loss", caption, out);
    string_puts(out, "<tbody>\n");
    for (size_t i = 0; i < rows; i++) {
        string_printf(out, "<tr><th scope=\"row\" data-v=\"%zu\">", i);
        put_setting(s, row[i], out);
        string_puts(out, "</th>");
        put_cells(s, row[i], out);
    }
    string_puts(out, "</tbody>\n");
    table_end(out);
}

static void glossary(const struct shown *s, struct string *out)
{
    string_puts(out, "<details><summary>What the columns mean</summary>\n<dl>\n");
    for (size_t i = 0; i < s->count; i++) {
        const struct column *c = &s->t->column[s->column[i]];

        string_puts(out, "<dt>");
        page_prose(c->heading, out);
        string_puts(out, "</dt><dd>");
        page_prose(report_meaning(c->name), out);
        string_puts(out, "</dd>\n");
    }
    string_puts(out, "</dl>\n</details>\n");
}

/* A group or class: the first of its rows, and its share of the loss there (−1: none). */
struct part {
    size_t row;
    double share;
};

static int by_share(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->share != y->share) return x->share > y->share ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* The parts among the rows of a scope, `each` rows after another; the largest first where not all are
   shown. */
static struct part *parts_of(const struct shown *s, const size_t *row, size_t rows, size_t each)
{
    size_t count = rows / each;
    struct part *part = mem_alloc(count + 1, sizeof *part);

    for (size_t i = 0; i < count; i++) {
        const struct value *share = at(s, row[i * each], s->share);

        part[i] = (struct part){row[i * each], share->kind == CELL_EMPTY ? -1 : share->as.number};
    }
    if (count > MOST_PARTS) qsort(part, count, sizeof *part, by_share);
    return part;
}

/* A table of groups, or of classes, of `all`, with a part for each setting. */
static void parts_table(const struct shown *s, const size_t *row, size_t rows, size_t each, bool classes,
                        size_t all, const char *command, struct string *out)
{
    size_t count = rows / each, parts = count < MOST_PARTS ? count : MOST_PARTS, most = MOST_ROWS / parts;
    size_t settings = each < most ? each : most, name = classes ? s->class : s->group;
    const char *what = classes ? "classes" : "groups";
    struct part *part = parts_of(s, row, rows, each);

    page_section(what, classes ? "By class" : "By group", out);
    if (parts < all || settings < each) {
        string_puts(out, "<p class=\"soft\">");
        if (parts < all)
            string_printf(out, "The %zu %s with the largest shares of the loss, of %zu. ", parts, what, all);
        if (settings < each) string_printf(out, "The first %zu of %zu settings. ", settings, each);
        put_rest(command, out);
    }
    string_printf(
        out,
        "<p hidden><label>Show rows with <input type=\"search\"></label> (words, as <i>focal 2</i>)</p>\n");
    table_begin(s, "", classes ? "class" : "group",
                classes ? "The classes at each setting" : "The groups at each setting", out);
    for (size_t i = 0; i < settings; i++) {
        string_printf(out, "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"%zu\">", s->count + 1);
        put_setting(s, part[0].row + i, out);
        string_puts(out, "</th></tr>\n");
        for (size_t k = 0; k < parts; k++) {
            string_puts(out, "<tr><th scope=\"row\">");
            put_value(at(s, part[k].row, name), out);
            string_puts(out, "</th>");
            put_cells(s, part[k].row + i, out);
        }
        string_puts(out, "</tbody>\n");
    }
    table_end(out);
    page_section_end(out);
    free(part);
}

/* Whether a column is an end of another's interval, under whose values it is shown. */
static bool is_end(const struct shown *s, size_t c)
{
    for (size_t i = 0; i < s->t->column_count; i++) {
        size_t low = report_interval(s->report->analysis, i);

        if (low && (c == low || c == low + 1)) return true;
    }
    return false;
}

/* A column that says nothing of these rows: a part of the setting, shown elsewhere, or empty in all. */
static bool is_needless(const struct shown *s, size_t c, const size_t *row, size_t rows)
{
    size_t setting[] = {s->group, s->class, s->level, s->loss, s->gamma, s->alpha, s->beta, s->easy};

    for (size_t i = 0; i < sizeof setting / sizeof *setting; i++)
        if (c == setting[i] || is_end(s, c)) return true;
    for (size_t i = 0; i < rows; i++)
        if (at(s, row[i], c)->kind != CELL_EMPTY) return false;
    return true;
}

static void choose(struct shown *s, size_t c, const size_t *row, size_t rows)
{
    if (!is_needless(s, c, row, rows)) s->column[s->count++] = c;
}

/* The columns that a person looks at first; of parts, how large they are as well. */
static void choose_first(struct shown *s, const struct first_columns *first, const size_t *row, size_t rows,
                         bool parts)
{
    s->count = 0;
    if (parts) {
        choose(s, column_named(s->t, "examples"), row, rows);
        choose(s, column_named(s->t, "positives"), row, rows);
    }
    for (size_t i = 0; i < first->count; i++) {
        size_t c = column_named(s->t, first->column[i].name);

        if (parts || c != s->share) choose(s, c, row, rows);
    }
}

/* The rows of a scope. Free it. */
static size_t *rows_of(const struct shown *s, enum row_scope scope, size_t *count)
{
    size_t *row = mem_alloc(s->t->row_count + 1, sizeof *row);

    *count = 0;
    for (size_t r = 0; r < s->t->row_count; r++)
        if (scope_of(s, r) == scope) row[(*count)++] = r;
    return row;
}

static void intervals_note(const struct report *report, struct string *out)
{
    struct string note = {0};

    report_intervals_note(report, &note);
    if (note.size) {
        string_puts(out, "<p class=\"soft\">Under the values: ");
        page_prose(note.text, out);
        string_puts(out, ".</p>\n");
    }
    string_free(&note);
}

static void whole(struct shown *s, const struct first_columns *first, const size_t *row, size_t rows,
                  const char *command, struct string *out)
{
    size_t shown = rows < MOST_SETTINGS ? rows : MOST_SETTINGS;

    page_section("results", "Results", out);
    choose_first(s, first, row, rows, false);
    whole_table(s, row, shown, "", "One row for each setting: means, and who holds the loss", out);
    intervals_note(s->report, out);
    if (shown < rows) {
        string_printf(out, "<p class=\"soft\">The first %zu of %zu settings. ", shown, rows);
        put_rest(command, out);
    }
    glossary(s, out);
    string_puts(out, "<details><summary>All columns</summary>\n");
    s->count = 0;
    for (size_t c = 0; c < s->t->column_count; c++) choose(s, c, row, rows);
    whole_table(s, row, shown, " wide-table", "All columns", out);
    string_puts(out, "</details>\n");
    page_section_end(out);
}

/* One row a measure, of as many scopes as of groups and classes. */
static void page_metrics(const struct report *report, const char *command, struct string *out)
{
    static const char caption[] = "One row for each measure";
    struct first_columns first;
    const struct table *t;
    size_t shown;

    first_columns_open(&first, report);
    first_columns_look(&first, report->table);
    first_columns_settle(&first);
    first_columns_take(&first, report->table);
    t = &first.table;
    shown = t->row_count < MOST_ROWS ? t->row_count : MOST_ROWS;
    page_section("results", "Results", out);
    string_printf(out,
                  "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n<table>\n"
                  "<caption>%s</caption>\n<thead><tr>",
                  caption, caption);
    for (size_t c = 0; c < t->column_count; c++)
        string_printf(out, "<th scope=\"col\">%s</th>", t->column[c].heading);
    string_puts(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < shown; r++) {
        string_puts(out, "<tr>");
        for (size_t c = 0; c < t->column_count; c++) put_cell(&t->value[r * t->column_count + c], NULL, out);
        string_puts(out, "</tr>\n");
    }
    string_puts(out, "</tbody>");
    table_end(out);
    if (shown < t->row_count) {
        string_printf(out, "<p class=\"soft\">The first %zu of %zu rows. ", shown, t->row_count);
        put_rest(command, out);
    }
    page_section_end(out);
    table_free(&first.table);
}

void page_results(const struct report *report, const char *command, struct string *out)
{
    const struct table *t = report->table;
    struct shown s = {.report = report,
                      .t = t,
                      .group = column_named(t, "group"),
                      .class = column_named(t, "class"),
                      .level = column_named(t, "level"),
                      .loss = column_named(t, "loss"),
                      .gamma = column_named(t, "gamma"),
                      .alpha = column_named(t, "alpha"),
                      .beta = column_named(t, "beta"),
                      .easy = column_named(t, "easy"),
                      .share = column_named(t, "share_of_total"),
                      .column = mem_alloc(t->column_count, sizeof *s.column)};
    struct first_columns first;
    size_t rows, each, *row;

    if (report->analysis->metrics) {
        free(s.column);
        page_metrics(report, command, out);
        return;
    }
    first_columns_open(&first, report);
    first_columns_look(&first, t);
    first_columns_settle(&first);
    for (size_t r = 1; r < t->row_count; r++)
        s.several_easy |= at(&s, r, s.easy)->as.number != at(&s, 0, s.easy)->as.number;
    row = rows_of(&s, OF_WHOLE, &each);
    whole(&s, &first, row, each, command, out);
    free(row);
    for (int classes = 0; classes < 2; classes++) {
        row = rows_of(&s, classes ? OF_CLASS : OF_GROUP, &rows);
        if (rows) {
            choose_first(&s, &first, row, rows, true);
            parts_table(&s, row, rows, each, classes, classes ? rows / each : report->facts->group_count,
                        command, out);
        }
        free(row);
    }
    free(s.column);
    table_free(&first.table);
}
