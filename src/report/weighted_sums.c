/* weighted_sums.c: what is read off for each setting; weighted sums of losses, their parts, and the means
   over groups of those that hold the loss of a set */
#include "report/internal.h"

#include "base/exact_sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct group_mean {
    size_t row, sum; /* of the total, and of the sum it is a part of */
    struct exact_sum all;
    uint64_t groups; /* with a mean */
};
struct group_means {
    struct group_mean *mean;
    size_t count, room;
};

/* ---- results and requests ---- */

struct results_room {
    size_t result, request;
};

static size_t add_request(struct scope *s, struct results_room *room, const struct setting *at, bool wanted)
{
    s->request = mem_grow(s->request, &room->request, s->requests + 1, sizeof *s->request);
    s->request[s->requests] = (struct request){*at, wanted, false};
    return s->requests++;
}

static struct result *add_result(struct scope *s, struct results_room *room, const struct setting *at,
                                 size_t request)
{
    s->result = mem_grow(s->result, &room->result, s->results + 1, sizeof *s->result);
    s->result[s->results] = (struct result){.at = *at, .request = request};
    return &s->result[s->results++];
}

/* A sum of one loss is read off as that loss where it is of a set. */
static size_t request_of_sum(struct scope *s, struct results_room *room, const struct setting *at)
{
    struct setting own = *at;

    if (setting_is_set(at) && at->terms > 1) return SIZE_MAX;
    if (setting_is_set(at)) own = setting_without_coefficient(&at->term[0]);
    return add_request(s, room, &own, true);
}

static void add_sum(struct scope *s, struct results_room *room, const struct setting *at)
{
    size_t parts = at->terms > 1 ? at->terms : 0;
    struct result *r = add_result(s, room, at, request_of_sum(s, room, at));
    bool over_groups = setting_is_set(at);

    r->parts = parts;
    r->over_groups = over_groups;
    for (size_t k = 0; k < parts; k++) {
        struct setting own = setting_of_term(at, k);

        r = add_result(s, room, &own, request_of_sum(s, room, &own));
        r->part_of = at->text;
        r->over_groups = over_groups;
    }
}

/* One of the settings of a loss that stands alone, which is request `request`. */
static void add_single(struct scope *s, struct results_room *room, const struct setting *at, size_t request)
{
    struct request *r = &s->request[request];

    if (analysis_is_redundant(s->a, at)) return;
    *(at->loss->balanced ? &r->weighted : &r->plain) = true;
    add_result(s, room, at, request);
}

/* Losses that differ by α alone share their requests. */
void results_make(struct scope *s, const struct tally *tally)
{
    const struct analysis *a = s->a;
    struct results_room room = {0};
    size_t *first = mem_alloc(a->loss_count + 1, sizeof *first);

    if (s->facts->grouped) s->means = mem_alloc(1, sizeof *s->means);
    for (size_t i = 0; i < a->loss_count; i++) {
        size_t count, same = 0;
        struct setting *at = analysis_settings(a, &a->loss[i], &count);
        bool over_data = loss_is_over_data(a->loss[i].loss), single = !a->loss[i].terms && !over_data;

        while (same < i && !setting_equal(&a->loss[same], &a->loss[i])) same++;
        first[i] = same < i ? first[same] : s->requests;
        for (size_t k = 0; k < count && same == i && single; k++) add_request(s, &room, &at[k], false);
        for (size_t k = 0; k < count; k++)
            if (single)
                add_single(s, &room, &at[k], first[i] + k);
            else if (over_data)
                add_result(s, &room, &at[k], SIZE_MAX)->over_data = over_data_make(tally, &at[k]);
            else
                add_sum(s, &room, &at[k]);
        free(at);
    }
    free(first);
}

static void means_free(struct group_means *m)
{
    if (m) free(m->mean);
    free(m);
}

void results_free(struct scope *s)
{
    for (size_t i = 0; i < s->results; i++) over_data_free(s->result[i].over_data);
    free(s->result);
    free(s->request);
    means_free(s->means);
}

/* ---- rows ---- */

static struct value *row_at(const struct table *t, size_t row)
{
    return &t->value[row * t->column_count];
}

static double mean_at(const struct table *t, size_t row)
{
    const struct value *v = &row_at(t, row)[R_mean];

    return v->kind == CELL_EMPTY ? NAN : v->as.number;
}

/* What a row that is no sum of its examples' losses keeps of one that is. */
static void keep_counts(const struct value *from, struct value *row)
{
    static const int counts[] = {R_examples, R_positives, R_negatives, R_weight};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) row[counts[i]] = from[counts[i]];
}

/* ---- means over the groups ---- */

/* A row of the total that is to be the mean over the groups; `sum`: the row of its sum. Its sum, and all that
   comes from it, would be of other losses than that mean: they go. */
static void want_mean(struct scope *s, size_t row, size_t sum)
{
    struct group_means *m = s->means;
    struct value *own = row_at(s->out, row), kept[R_COLUMNS] = {0};

    m->mean = mem_grow(m->mean, &m->room, m->count + 1, sizeof *m->mean);
    m->mean[m->count++] = (struct group_mean){.row = row, .sum = sum};
    keep_counts(own, kept);
    for (int c = R_examples; c < R_class; c++) own[c] = kept[c];
    for (size_t c = R_COLUMNS; c < s->out->column_count; c++) own[c] = (struct value){CELL_EMPTY};
    for (size_t c = R_COLUMNS; c < s->out->column_count; c++) own[c] = value_number(NAN);
    own[R_share_of_sum] = kept[R_share_of_sum];
}

/* The whole, where it is made of its parts, and the parts' shares, at one threshold: rows are `each` apart.
 */
static void finish_at(struct table *t, const struct result *sum, size_t whole, size_t each)
{
    double mean = 0;

    for (size_t k = 1; k <= sum->parts; k++) mean += mean_at(t, whole + k * each);
    if (sum->request == SIZE_MAX) {
        keep_counts(row_at(t, whole + each), row_at(t, whole));
        row_at(t, whole)[R_mean] = value_number(mean);
    }
    for (size_t k = 1; k <= sum->parts; k++)
        row_at(t, whole + k * each)[R_share_of_sum] = result_share(mean_at(t, whole + k * each), mean);
}

void rows_finish_sum(struct scope *s, const struct result *sum, size_t first)
{
    size_t each = s->a->easy_count;

    for (size_t e = 0; sum->parts && e < each; e++) finish_at(s->out, sum, first + e, each);
    for (size_t r = first; sum->over_groups && s->means && s->a->ci > 0 && r < s->out->row_count; r++)
        memset(row_at(s->out, r) + R_share_of_total_low, 0, 4 * sizeof(struct value)); /* of no total */
    for (size_t k = 0; sum->over_groups && !s->is_group && s->means && k <= sum->parts; k++)
        for (size_t e = 0; e < each; e++) want_mean(s, first + k * each + e, first + e);
}

void group_means_add(struct scope *s, size_t first)
{
    for (size_t i = 0; s->means && i < s->means->count; i++) {
        struct group_mean *m = &s->means->mean[i];
        double mean = mean_at(s->out, first + m->row);

        if (isnan(mean)) continue;
        exact_sum_add(&m->all, fmax(0, mean));
        m->groups++;
    }
}

void group_means_put(struct scope *s)
{
    struct table *t = s->out;

    for (size_t i = 0; s->means && i < s->means->count; i++) {
        struct group_mean *m = &s->means->mean[i];

        row_at(t, m->row)[R_mean] =
            value_number(m->groups ? exact_sum_value(&m->all) / (double)m->groups : NAN);
        if (m->row != m->sum)
            row_at(t, m->row)[R_share_of_sum] = result_share(mean_at(t, m->row), mean_at(t, m->sum));
    }
}
