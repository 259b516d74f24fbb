/* first_columns.c: the columns of a report that a person looks at first */
#include "report/internal.h"
#include "report/metrics.h"

#include <math.h>

/* Whether examples are positive or negative, and not of classes alone. */
static bool has_sides(const struct facts *f)
{
    return f->counts.positives + f->counts.negatives > 0;
}

/* The columns for reading, in their order, with and without sides and weighted sums, and when each is left
   out of a page that is too narrow. */
enum { DISPENSABLE = COLUMN_DISPENSABLE };
enum when { ALWAYS, WITH_SIDES, WITHOUT_SIDES, WITH_SUMS, WITHOUT_SUMS };
static const struct first_column {
    size_t column;
    struct column_fit fit;
    enum when when;
} first_column[] = {
    {R_group, {0, 12}, ALWAYS},
    {R_class, {0, 12}, ALWAYS},
    {R_loss, {0, 19}, ALWAYS},
    {R_gamma, {0, 0}, ALWAYS},
    {R_alpha, {DISPENSABLE, 0}, ALWAYS},
    {R_beta, {7, 0}, ALWAYS},
    {R_easy, {6, 0}, ALWAYS},
    {R_share_of_total, {8, 0}, ALWAYS},
    {R_mean, {DISPENSABLE + 1, 0}, WITHOUT_SUMS},
    {R_mean, {0, 0}, WITH_SUMS},
    {R_share_of_sum, {0, 0}, WITH_SUMS},
    {R_kept, {5, 0}, ALWAYS},
    {R_least_kept, {DISPENSABLE, 0}, ALWAYS},
    {R_easy_neg, {1, 0}, WITH_SIDES},
    {R_hard_neg, {2, 0}, WITH_SIDES},
    {R_easy_pos, {3, 0}, WITH_SIDES},
    {R_hard_pos, {4, 0}, WITH_SIDES},
    {R_easy_share, {1, 0}, WITHOUT_SIDES},
    {R_hard_share, {2, 0}, WITHOUT_SIDES},
    {R_top1, {DISPENSABLE + 2, 0}, WITHOUT_SIDES},
    {R_top20, {DISPENSABLE + 3, 0}, ALWAYS},
    {R_grad_easy_neg, {DISPENSABLE + 4, 0}, WITH_SIDES},
    {R_grad_easy_share, {DISPENSABLE + 4, 0}, WITHOUT_SIDES},
    {R_half, {DISPENSABLE + 5, 0}, ALWAYS},
    {R_gini, {DISPENSABLE + 6, 0}, ALWAYS},
    {R_effective, {DISPENSABLE + 7, 0}, ALWAYS},
    {R_sum, {DISPENSABLE + 8, 0}, ALWAYS},
    {R_per_positive, {DISPENSABLE + 9, 0}, WITH_SIDES},
};

static const struct first_column metric_column[] = {
    {M_GROUP, {0, 12}, ALWAYS}, {M_CLASS, {0, 12}, ALWAYS}, {M_METRIC, {0, 0}, ALWAYS},
    {M_VALUE, {0, 0}, ALWAYS},  {M_BOUND, {0, 0}, ALWAYS},
};

static bool has_sums(const struct analysis *a)
{
    for (size_t i = 0; i < a->loss_count; i++)
        if (a->loss[i].terms) return true;
    return false;
}

void first_columns_open(struct first_columns *c, const struct report *r)
{
    enum when no_sides = has_sides(r->facts) ? WITHOUT_SIDES : WITH_SIDES,
              no_sums = has_sums(r->analysis) ? WITHOUT_SUMS : WITH_SUMS;
    bool metrics = r->analysis->metrics;
    const struct first_column *column = metrics ? metric_column : first_column;
    size_t count =
        metrics ? sizeof metric_column / sizeof *metric_column : sizeof first_column / sizeof *first_column;

    *c = (struct first_columns){.easy = metrics ? SIZE_MAX : R_easy, .analysis = r->analysis};
    for (size_t i = 0; i < count; i++) {
        if (column[i].when == no_sides || column[i].when == no_sums) continue;
        c->fit[c->count] = column[i].fit;
        c->from[c->count++] = column[i].column;
    }
    table_init(&c->table, c->column, c->count);
    c->table.fit = c->fit;
}

/* The intervals of a row's values. */
static void take_ranges(const struct first_columns *c, const struct value *row, struct range *to)
{
    for (size_t i = 0; i < c->count; i++) {
        size_t low = report_interval(c->analysis, c->from[i]);
        bool has = low && row[low].kind != CELL_EMPTY;

        to[i] = has ? (struct range){row[low].as.number, row[low + 1].as.number} : (struct range){NAN, NAN};
    }
}

void first_columns_take(struct first_columns *c, const struct table *rows)
{
    size_t count = rows->row_count * c->count;

    if (c->analysis->ci > 0)
        c->table.range = mem_grow(c->table.range, &c->range_room, count + 1, sizeof *c->table.range);
    for (size_t row = 0; c->table.range && row < rows->row_count; row++)
        take_ranges(c, rows->value + row * rows->column_count, c->table.range + row * c->count);
    c->table.row_count = 0;
    for (size_t row = 0; row < rows->row_count; row++) {
        struct value *to = table_row(&c->table);

        for (size_t i = 0; i < c->count; i++) to[i] = rows->value[row * rows->column_count + c->from[i]];
    }
}

void first_columns_look(struct first_columns *c, const struct table *rows)
{
    if (!rows->row_count) return;
    if (!c->seen) {
        if (c->easy < rows->column_count) c->threshold = rows->value[c->easy].as.number;
        for (size_t i = 0; i < c->count; i++) c->column[i] = rows->column[c->from[i]];
        c->seen = true;
    }
    for (size_t i = 0; i < c->count; i++)
        for (size_t row = 0; row < rows->row_count && !c->telling[i]; row++) {
            const struct value *v = &rows->value[row * rows->column_count + c->from[i]];

            c->telling[i] = v->kind != CELL_EMPTY && (c->from[i] != c->easy || v->as.number != c->threshold);
        }
}

void first_columns_settle(struct first_columns *c)
{
    size_t kept = 0;

    for (size_t i = 0; i < c->count; i++) {
        if (!c->telling[i]) continue;
        c->column[kept] = c->column[i];
        c->fit[kept] = c->fit[i];
        c->from[kept++] = c->from[i];
    }
    c->count = c->table.column_count = kept;
}
