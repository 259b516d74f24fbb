/* notes.c: what a careful colleague would say of the scores that were read */
#include "report/notes.h"

#include "evaluate/cells.h"

#include <math.h>

/* The scores as estimated probabilities p of the positive class, of all examples that weigh. */
struct scores {
    const struct facts *facts;
    uint64_t count[2]; /* negatives, positives */
    double mean[2], least, most;
    uint64_t certain; /* p is 0 or 1, or was raised from there */
};

/* The mean p of a cell, and its width: 0 where all rows stand in one place. */
static double mean_of(const struct cell *c, int side, double *width)
{
    double centre, slope, t = c->sum[1] / c->sum[0], spread = c->sum[2] / c->sum[0] - t * t, p;
    enum bin_kind kind = bin_of(c->bin, &centre, &slope);
    double s = centre * (1 + slope * t);
    bool upper; /* p ≥ ½ */

    *width = kind == BIN_EASY || kind == BIN_HARD ? centre * slope * sqrt(fmax(spread, 0)) : 0;
    upper = (kind == BIN_EASY || kind == BIN_SURE) == (side == 1);
    p = kind == BIN_EASY || kind == BIN_HARD ? s : 0; /* the smaller of p and 1 − p */
    return upper ? 1 - p : p;
}

static void scores_of(const struct tally *t, struct scores *out)
{
    struct cells cells = cells_of_all(t);
    double weight[2] = {0, 0}, sum[2] = {0, 0};

    *out = (struct scores){.facts = &t->facts, .least = INFINITY, .most = -INFINITY};
    for (size_t i = 0; i < cells.count; i++) {
        const struct cell *c = &cells.cell[i];
        int side = facts_side(&t->facts, c->part) == 1;
        double width, p = mean_of(c, side, &width);

        out->count[side] += c->count;
        weight[side] += c->sum[0];
        sum[side] += c->sum[0] * p;
        out->least = fmin(out->least, p - width);
        out->most = fmax(out->most, p + width);
        if (p <= 0 || p >= 1) out->certain += c->count;
    }
    for (int side = 0; side < 2; side++) out->mean[side] = sum[side] / weight[side];
    out->certain += t->facts.counts.clipped;
    cells_free(&cells);
}

static uint64_t count_of_scores(const struct scores *s)
{
    return s->count[0] + s->count[1];
}

static bool are_reversed(const struct scores *s)
{
    return s->count[0] > 1 && s->count[1] > 1 && s->mean[1] < s->mean[0];
}

/* σ(0) … σ(1), with the width of a bin. */
static bool are_unit_logits(const struct scores *s)
{
    return s->facts->logits && count_of_scores(s) > 2 && s->least >= 0.5 - 1e-9 && s->most < 0.733;
}

static bool are_all_upper(const struct scores *s)
{
    return !s->facts->logits && s->facts->task == TASK_BINARY && s->count[0] > 0 && count_of_scores(s) > 2 &&
           s->least >= 0.5 - 1e-9 && s->certain < count_of_scores(s);
}

static bool are_certain(const struct scores *s)
{
    return !s->facts->logits && count_of_scores(s) > 2 && s->certain >= count_of_scores(s);
}

static bool are_one_value(const struct scores *s)
{
    return count_of_scores(s) > 2 && s->most - s->least <= 1e-8 * s->most;
}

static const struct {
    bool (*applies)(const struct scores *s);
    const char *text;
} table[] = {
    {are_reversed, "positives score lower than negatives on average: is the score that of the other class?"},
    {are_unit_logits, "all logits lie within 0 and 1: probabilities are read with --prob"},
    {are_all_upper,
     "every score is 0.5 or more: is it the confidence of the predicted class (--predicted COL)?"},
    {are_certain, "every score is exactly 0 or 1: are these predicted classes, and no probabilities?"},
    {are_one_value, "all scores are one value"},
};

size_t notes_of(const struct tally *t, const char *note[NOTES_MOST])
{
    struct scores s;
    size_t count = 0;

    for (; count < t->facts.notes && count < NOTES_MOST / 2; count++) note[count] = t->facts.note[count];
    if (t->facts.task == TASK_SOFTMAX || t->count == 0) return count;
    scores_of(t, &s);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].applies(&s)) note[count++] = table[i].text;
    return count;
}
