/* gather.c: the examples of the same rows, side by side, and in what rows differ */
#include "compare/internal.h"

#include <stdlib.h>
#include <string.h>

void gathered_open(struct gathered *g, size_t models)
{
    *g = (struct gathered){.models = models};
    g->span = mem_alloc(models, sizeof *g->span);
    g->matched.tail = mem_alloc(models, sizeof *g->matched.tail);
}

void gathered_close(struct gathered *g)
{
    for (size_t m = 0; m < g->models; m++) {
        free(g->span[m]);
        free(g->matched.tail[m]);
    }
    free(g->span);
    free(g->matched.tail);
    free(g->matched.part);
    free(g->matched.weight);
    free(g->matched.cluster);
    free(g->matched.row);
}

void gathered_rows(struct gathered *g, size_t rows)
{
    if (rows <= g->span_room) return;
    g->span_room = rows;
    for (size_t m = 0; m < g->models; m++) g->span[m] = mem_resize(g->span[m], rows, sizeof *g->span[m]);
}

static void make_room(struct gathered *g, size_t count)
{
    struct matched *to = &g->matched;

    if (count <= g->room) return;
    g->room = 2 * count;
    for (size_t m = 0; m < g->models; m++)
        to->tail[m] = mem_resize(to->tail[m], g->room, sizeof *to->tail[m]);
    to->part = mem_resize(to->part, g->room, sizeof *to->part);
    to->weight = mem_resize(to->weight, g->room, sizeof *to->weight);
    to->cluster = mem_resize(to->cluster, g->room, sizeof *to->cluster);
    to->row = mem_resize(to->row, g->room, sizeof *to->row);
}

static bool same_weight(double a, double b)
{
    return a >= b && a <= b;
}

/* The first example in which two rows differ; SIZE_MAX: in none. */
static size_t find_difference(const struct row_span *a, const struct row_span *b)
{
    size_t count = a->count < b->count ? a->count : b->count;

    for (size_t i = 0; i < count; i++)
        if (a->example[i].part != b->example[i].part ||
            !same_weight(a->example[i].weight, b->example[i].weight))
            return i;
    return a->count == b->count ? SIZE_MAX : count;
}

size_t gather_rows(struct gathered *g, uint32_t first, size_t rows, bool skip, size_t *other)
{
    struct matched *to = &g->matched;

    to->count = 0;
    for (size_t i = 0; i < rows; i++) {
        const struct row_span *a = &g->span[0][i];
        bool whole = true;

        for (size_t m = 1; m < g->models; m++) {
            const struct row_span *b = &g->span[m][i];

            if (skip && !a->count != !b->count) {
                whole = false;
                continue;
            }
            *other = m;
            if (find_difference(a, b) != SIZE_MAX) return i;
        }
        g->left_out += !whole;
        if (!whole) continue;
        make_room(g, to->count + a->count);
        for (size_t k = 0; k < a->count; k++, to->count++) {
            for (size_t m = 0; m < g->models; m++) to->tail[m][to->count] = g->span[m][i].example[k].tail;
            to->part[to->count] = a->example[k].part;
            to->weight[to->count] = a->example[k].weight;
            to->cluster[to->count] = a->example[k].group;
            to->row[to->count] = first + (uint32_t)i;
        }
    }
    return rows;
}

const char *match_file(const struct model *m)
{
    return strcmp(m->facts.files[0], "-") == 0 ? "standard input" : m->facts.files[0];
}

bool match_facts(const struct model *first, const struct model *other, struct diag *d)
{
    const struct facts *a = &first->facts, *b = &other->facts;
    char x[DIAG_SHOWN], y[DIAG_SHOWN];

    if (a->task != b->task)
        return diag_fail(d, STATUS_DATA, "%s is %s, %s %s: --task settles what the scores are",
                         match_file(other), task_names[b->task], match_file(first), task_names[a->task]);
    if (a->classes != b->classes)
        return diag_fail(d, STATUS_DATA, "%s has %zu classes, %s %zu", match_file(other), b->classes,
                         match_file(first), a->classes);
    for (size_t k = 0; k < a->classes; k++)
        if (strcmp(a->class_name[k], b->class_name[k]) != 0)
            return diag_fail(
                d, STATUS_DATA, "%s: class %zu is %s, in %s it is %s: --classes names those of all files",
                match_file(other), k + 1, diag_shown(x, b->class_name[k], strlen(b->class_name[k])),
                match_file(first), diag_shown(y, a->class_name[k], strlen(a->class_name[k])));
    if (a->weighted != b->weighted)
        return diag_fail(d, STATUS_DATA, "%s has weights and %s has none: the same are needed in all",
                         a->weighted ? match_file(first) : match_file(other),
                         a->weighted ? match_file(other) : match_file(first));
    return true;
}

/* "positive", "class 'cat'", "class 'cat' negative". */
static void put_label(const struct facts *f, const struct row_span *span, size_t i, struct string *out)
{
    bool classes = f->task != TASK_BINARY;
    const char *name;
    char shown[DIAG_SHOWN];
    int side;

    if (i >= span->count) {
        string_puts(out, "ignored");
        return;
    }
    side = facts_side(f, span->example[i].part);
    name = f->class_name[facts_class(f, span->example[i].part)];
    if (classes) string_printf(out, "class %s", diag_shown(shown, name, strlen(name)));
    if (classes && f->task != TASK_SOFTMAX) string_putc(out, ' ');
    if (f->task != TASK_SOFTMAX) string_puts(out, side ? "positive" : "negative");
}

void match_say_difference(const struct row_place *a, const struct row_place *b, struct diag *d)
{
    size_t i = find_difference(&a->span, &b->span);
    const struct facts *f = &a->model->facts;
    bool both = i < a->span.count && i < b->span.count;
    struct string own = {0}, others = {0};

    if (both && a->span.example[i].part == b->span.example[i].part) {
        string_printf(&own, "weight %.17g", b->span.example[i].weight);
        string_printf(&others, "%.17g", a->span.example[i].weight);
    } else {
        put_label(f, &b->span, i, &own);
        put_label(f, &a->span, i, &others);
    }
    diag_fail(d, STATUS_DATA, "%s:%llu: %s, where %s:%llu has %s: %s", match_file(b->model),
              (unsigned long long)b->line, own.text, match_file(a->model), (unsigned long long)a->line,
              others.text,
              a->model->input.key ? "rows of a key need the same label and weight"
                                  : "the same examples in the same order are needed, or --key COL");
    string_free(&own);
    string_free(&others);
}
