/* convert_softmax.c: pieces of usual rows of softmax scores */
#include "examples/convert_internal.h"
#include "examples/softmax.h"
#include "loss/tail.h"

#include <math.h>

/* The sides of n rows, whose classes stand in class[]; NULL where there are none. Their parts, too. */
static const uint32_t *sides(struct maker *m, const uint32_t *class, size_t n)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    bool any = f->background >= 0;

    for (size_t j = 0; j < n; j++) {
        r->slow[j] = f->background != (ptrdiff_t) class[j];
        r->part[j] = f->by_class ? class[j] : any & r->slow[j];
    }
    return any ? r->slow : NULL;
}

/* The tails of the kept rows stand in r->grid by row. */
static void take_classes(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    size_t n;

    regular_weigh(m, p);
    n = regular_sift(m, p);
    regular_gather(m, r->grid, n);
    for (size_t j = 0; j < n; j++) {
        r->part[j] = (uint32_t)r->code[r->row[j]];
        if (!f->grouped) m->counts.clipped += tail_clip(&r->tail[j], f->clip);
    }
    if (f->grouped) regular_clip_groups(m, n);
    regular_hand_on(m, n, r->part, sides(m, r->part, n));
}

/* Do the scores stand side by side, in the order of the classes? */
static bool in_order(const struct columns *c)
{
    for (size_t k = 1; k < c->scores; k++)
        if (c->score[k] != c->score[0] + k) return false;
    return true;
}

/* The scores of a row of text, which stand in order, to r->line; NaN where the field is not of the usual
   shape. Returns the number of these. */
static size_t row_numbers(struct maker *m, const struct piece *p, size_t row)
{
    struct regular *r = m->regular;
    const struct columns *c = &m->schema->columns;
    size_t first = c->score[0], slow;
    struct fields f = {
        m->block->bytes, p->at + row * c->count + first, begin_of(m, p, row, first), c->scores, 1, 0,
        p->returns};

    slow = m->plan->kernel->numbers(&f, r->line, r->slow);
    for (size_t i = 0; i < slow; i++) r->line[r->slow[i]] = NAN;
    return slow;
}

/* The scores of a piece, class after class: r->grid[class · rows + row]. */
static void all_numbers(struct maker *m, const struct piece *p)
{
    enum { MANY = 32 }; /* a row of so many is read at once */
    struct regular *r = m->regular;
    const struct columns *c = &m->schema->columns;

    if (!p->at || c->scores < MANY || !in_order(c)) {
        for (size_t k = 0; k < c->scores; k++) regular_numbers(m, p, c->score[k], r->grid + k * p->rows);
        return;
    }
    for (size_t i = 0; i < p->rows; i++) {
        row_numbers(m, p, i);
        for (size_t k = 0; k < c->scores; k++) r->grid[k * p->rows + i] = r->line[k];
    }
}

void regular_softmax_logits(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    size_t classes = m->plan->facts->classes;

    regular_codes(m, p, 0, r->code);
    all_numbers(m, p);
    m->plan->kernel->softmax(r->grid, p->rows, (const uint32_t *)r->code, p->rows, classes, r->tail);
    for (size_t i = 0; i < p->rows; i++) {
        if (r->code[i] < 0)
            r->tail[i] = NAN;
        else if (isnan(r->tail[i]))
            r->tail[i] = softmax_of_logits(r->grid + i, classes, p->rows, (size_t)r->code[i]);
        r->usual[i] = !isnan(r->tail[i]);
    }
    for (size_t i = 0; i < p->rows; i++) r->grid[i] = r->tail[i];
    take_classes(m, p);
}

/* Does a row whose sum is checked have usual fields, and a sum of 1? The general way reads it else. */
static bool adds_up(struct maker *m, const struct piece *p, size_t row)
{
    const struct columns *c = &m->schema->columns;
    const double *x = m->regular->line;
    double sum = 0;

    if (!p->at || !in_order(c) || row_numbers(m, p, row)) return false;
    for (size_t k = 0; k < c->scores; k++) {
        if (!(x[k] >= 0 && x[k] <= 1)) return false;
        sum += x[k];
    }
    return fabs(sum - 1) <= SUM_WITHIN;
}

/* The true class's field of each row, as pairs of borders; false where a row has none, or its sum is to be
 * checked and is not 1. */
static bool true_fields(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const size_t *score = m->schema->columns.score, columns = m->schema->columns.count;

    for (size_t i = 0; i < p->rows; i++) {
        size_t at;

        if (r->code[i] < 0) return false;
        if (maker_checks(m->plan, p->line + i) && !adds_up(m, p, i)) return false;
        at = i * columns + score[r->code[i]];
        if (!at) return false;
        r->pair[2 * i] = p->at[at - 1];
        r->pair[2 * i + 1] = p->at[at];
    }
    return true;
}

/* The most usual piece of softmax probabilities. False: it is none, and nothing was done. */
static bool take_softmax_plain(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const struct facts *f = m->plan->facts;
    const struct kernel *k = m->plan->kernel;
    struct fields fields = {m->block->bytes, r->pair, 0, p->rows, 2, 1, p->returns};
    bool well;
    size_t clipped;

    if (f->weighted || f->grouped || !p->at || !true_fields(m, p)) return false;
    fields.origin = r->pair[0] + (size_t)1;
    if (k->numbers(&fields, r->tail, r->slow)) return false;
    for (size_t i = 0; i < p->rows; i++) r->slow[i] = 1; /* p_t itself: as if all were positive */
    clipped = k->tails_of_probs(r->tail, r->slow, p->rows, f->clip, &well);
    if (!well) return false;
    m->counts.clipped += clipped;
    m->counts.rows += p->rows;
    m->counts.rows_used += p->rows;
    for (size_t i = 0; i < p->rows; i++) r->part[i] = (uint32_t)r->code[i];
    regular_hand_on(m, p->rows, r->part, sides(m, r->part, p->rows));
    return true;
}

/* Of probabilities, the true class's alone is read, but for the rows whose sum is checked. */
void regular_softmax_probs(struct maker *m, const struct piece *p)
{
    struct regular *r = m->regular;
    const size_t *score = m->schema->columns.score;
    struct fields f = {m->block->bytes, r->pair, 0, 0, 2, 1, p->returns};
    size_t slow;

    regular_codes(m, p, 0, r->code);
    if (take_softmax_plain(m, p)) return;
    for (size_t i = 0; i < p->rows; i++) {
        r->usual[i] = r->code[i] >= 0 && (!maker_checks(m->plan, p->line + i) || adds_up(m, p, i));
        if (!r->usual[i]) continue;
        if (p->at) {
            size_t begin = begin_of(m, p, i, score[r->code[i]]);

            r->usual[i] = begin > 0;
            if (!begin) continue;
            r->pair[2 * f.rows] = (uint32_t)begin - 1;
            r->pair[2 * f.rows + 1] = p->at[i * m->schema->columns.count + score[r->code[i]]];
        } else {
            struct piece one = {.origin = p->origin + i, .rows = 1};

            regular_numbers(m, &one, score[r->code[i]], &r->tail[f.rows]);
        }
        r->row[f.rows++] = (uint32_t)i;
    }
    slow = p->at && f.rows ? m->plan->kernel->numbers(&f, r->tail, r->slow) : 0;
    for (size_t j = 0; j < slow; j++) r->tail[r->slow[j]] = NAN;
    for (size_t j = 0; j < f.rows; j++) {
        double x = r->tail[j];

        r->usual[r->row[j]] = x >= 0 && x <= 1;
        r->grid[r->row[j]] = x >= 0 && x <= 1 ? tail_of_pt(x + 0.0) : 0;
    }
    take_classes(m, p);
}
