/* group_rows.c: the rows of groups and classes: their shares in the whole, and their order */
#include "report/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct value result_share(double part, double all)
{
    return value_share(all > 0 && !isinf(part) ? part / all : NAN); /* inf / inf is undefined */
}

void rows_put_shares(struct table *t, size_t first, size_t end, size_t total, size_t each)
{
    static const size_t column[2][2] = {{R_sum, R_share_of_total}, {R_grad_sum, R_grad_share_of_total}};

    for (size_t r = first; r < end; r++)
        for (int i = 0; i < 2; i++) {
            const struct value *all =
                &t->value[(total + (r - first) % each) * t->column_count + column[i][0]];
            struct value *row = &t->value[r * t->column_count];
            const struct value *own = &row[column[i][0]];

            row[column[i][1]] = result_share(own->kind == CELL_EMPTY ? NAN : own->as.number,
                                             all->kind == CELL_EMPTY ? NAN : all->as.number);
        }
}

void rows_unscale(struct table *t, int scale)
{
    static const size_t column[] = {R_weight, R_sum, R_grad_sum};

    for (size_t r = 0; scale && r < t->row_count; r++)
        for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
            struct value *v = &t->value[r * t->column_count + column[i]];

            if (v->kind != CELL_EMPTY) v->as.number = ldexp(v->as.number, scale);
        }
}

/* A group's rows and the share by which groups are ordered. */
struct group_rows {
    size_t place;
    double share;
};

static int by_share(const void *a, const void *b)
{
    const struct group_rows *x = a, *y = b;

    if (x->share != y->share) return x->share > y->share ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

void rows_keep_largest(struct table *t, size_t block, size_t top)
{
    size_t groups = t->row_count / block - 1, row = t->column_count * block;
    struct group_rows *order = mem_alloc(groups, sizeof *order);
    struct value *kept;

    for (size_t g = 0; g < groups; g++) {
        const struct value *first = &t->value[(g + 1) * row], *by = &first[R_share_of_total];

        if (by->kind == CELL_EMPTY) by = &first[R_mean]; /* the loss of a set has no share */
        order[g] = (struct group_rows){g + 1, by->kind == CELL_EMPTY ? -1 : by->as.number};
    }
    qsort(order, groups, sizeof *order, by_share);
    if (top < groups) groups = top;
    kept = mem_alloc(groups, row * sizeof *kept);
    for (size_t g = 0; g < groups; g++)
        memcpy(kept + g * row, t->value + order[g].place * row, row * sizeof *kept);
    memcpy(t->value + row, kept, groups * row * sizeof *kept);
    t->row_count = (groups + 1) * block;
    free(kept);
    free(order);
}

void rows_total_to_end(struct table *t, size_t block)
{
    size_t row = t->column_count * block, rest = t->row_count * t->column_count - row;
    struct value *total = mem_alloc(row, sizeof *total);

    memcpy(total, t->value, row * sizeof *total);
    memmove(t->value, t->value + row, rest * sizeof *total);
    memcpy(t->value + rest, total, row * sizeof *total);
    free(total);
}
