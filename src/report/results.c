/* results.c: from a tally to the table of results */
#include "report/internal.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct column result_column[] = {
#define X(name, heading, meaning) {#name, heading},
#include "report/columns.def.h"
#undef X
#define X(name, heading, meaning)
#define XI(name, heading, meaning) {#name "_low", heading " from"}, {#name "_high", heading " to"},
#include "report/columns.def.h"
#undef X
#undef XI
};

const char *report_meaning(const char *name)
{
    static const char *const meaning[] = {
#define X(name, heading, meaning) meaning,
#include "report/columns.def.h"
#undef X
#define X(name, heading, meaning)
#define XI(name, heading, meaning)                                                                           \
    "lower end of the interval of: " meaning, "upper end of the interval of: " meaning,
#include "report/columns.def.h"
#undef X
#undef XI
    };

    for (size_t c = 0; c < R_ALL_COLUMNS; c++)
        if (strcmp(result_column[c].name, name) == 0) return meaning[c];
    return "";
}

static void put_quadrants(const struct scope *s, struct value *row, int first, const struct quadrants *q)
{
    row[first] = result_share(q->of[EASY], q->of[ALL]);
    row[first + 1] = result_share(q->of[HARD], q->of[ALL]);
    for (int side = 0; s->sides && side < 2; side++) {
        row[first + 2 + 2 * side] = result_share(q->of[EASY_NEG + side], q->of[ALL]);
        row[first + 3 + 2 * side] = result_share(q->of[HARD_NEG + side], q->of[ALL]);
    }
}

static void put_concentration(struct scope *s, const struct distribution *c, struct value *row)
{
    s->out->curve_bound =
        fmax(s->out->curve_bound, fmax(c->all.bound, fmax(c->positive.bound, c->negative.bound)));
    row[R_top1] = value_share(c->all.top1);
    row[R_top5] = value_share(c->all.top5);
    row[R_top20] = value_share(c->all.top20);
    row[R_half] = value_share(c->all.half);
    row[R_gini] = value_number(c->all.gini);
    row[R_pos_top20] = value_share(c->positive.top20);
    row[R_pos_half] = value_share(c->positive.half);
    row[R_neg_top20] = value_share(c->negative.top20);
    row[R_neg_half] = value_share(c->negative.half);
}

static void put_totals(const struct scope *s, struct value *row, const struct quadrants *q)
{
    double weight = scope_weight(s, NULL), square = 0; /* Σ (w l / their sum)² */
    double pos = s->sides ? scope_weight(s, s->positive) : NAN;

    for (size_t p = 0; p < s->parts; p++)
        for (size_t g = 0; g <= s->a->easy_count; g++)
            if (s->factor[p] != 0) {
                double scale = ldexp(s->factor[p], scope_at(s, p, g)->unit) / q->of[ALL];

                square += scope_at(s, p, g)->square * scale * scale;
            }
    row[R_examples] = value_count(s->counts ? s->counts->examples : scope_examples_of(s, NULL));
    if (s->sides)
        row[R_positives] = value_count(s->counts ? s->counts->positives : scope_examples_of(s, s->positive));
    if (s->sides)
        row[R_negatives] = value_count(s->counts ? s->counts->negatives : scope_examples_of(s, s->negative));
    row[R_weight] = value_number(weight);
    row[R_sum] = value_number(q->of[ALL]);
    row[R_mean] = value_number(weight > 0 ? q->of[ALL] / weight : NAN);
    row[R_per_positive] = value_number(pos > 0 ? q->of[ALL] / pos : NAN);
    if (q->of[ALL] > 0 && isfinite(q->of[ALL])) row[R_effective] = value_number(1 / square);
}

/* The loss of a set is no sum: it stands as the mean, and nothing has a share of it. */
static void put_set(const struct scope *s, const struct setting *set, double coefficient,
                    const struct quadrants *q, struct value *row)
{
    double actual = scope_weight(s, s->positive), weight = scope_weight(s, NULL);

    row[R_sum] = row[R_per_positive] = row[R_effective] = value_number(NAN);
    row[R_mean] = value_number(weight > 0 ? coefficient * set->loss->set(q->of[EASY_POS] + q->of[HARD_POS],
                                                                         q->of[ALL], actual, set->param)
                                          : NAN);
}

static void put_names(const struct scope *s, const struct result *r, double easy, struct value *row)
{
    row[R_group] = value_text(s->name);
    row[R_class] = value_text(s->class);
    row[R_level] = value_text(s->class ? "class" : s->is_group ? "group" : "total");
    row[R_loss] = value_text(r->at.text);
    row[R_part_of] = value_text(r->part_of);
    row[R_gamma] = value_setting(setting_listed(&r->at, PARAM_GAMMA));
    row[R_beta] = value_setting(setting_listed(&r->at, PARAM_BETA));
    if (r->at.terms) row[R_alpha] = value_setting(r->at.alpha);
    row[R_easy] = value_setting(easy);
}

/* The rows of one setting: every α and threshold. */
static void put_setting(struct scope *s, const struct result *result)
{
    const struct setting *at = &result->at, *own = at->terms ? &s->request[result->request].setting : at;
    const struct reading *r = &s->reading[result->request];
    size_t parts = s->parts, first, end;

    s->sums = r->sums;
    alpha_range(s, at, &first, &end);
    for (size_t i = first; i < end; i++) {
        struct value common[R_COLUMNS] = {0};
        struct quadrants *q = mem_alloc(2 * s->a->easy_count, sizeof *q), *slope = q + s->a->easy_count;
        bool balanced = at->loss->balanced, weighted = balanced || s->own_factor;

        for (size_t p = 0; p < parts; p++) s->factor[p] = weighted ? r->factor[i * parts + p] : 1;
        quadrants_of(s, OF_LOSS, 1, q);
        quadrants_of(s, OF_SLOPE, 1, slope);
        put_totals(s, common, q);
        if (!own->loss->set) put_concentration(s, weighted ? &r->weighted[i] : &r->plain, common);
        for (size_t e = 0; e < s->a->easy_count; e++) {
            struct value *row = table_row(s->out);
            size_t threshold = scope_threshold(s, s->a->easy[e]);

            memcpy(row, common, sizeof common);
            put_names(s, result, s->a->easy[e], row);
            if (balanced)
                row[R_alpha] = alpha_shown(s, &s->a->alpha[i],
                                           (s->total ? s->total[result->request].factor : r->factor) +
                                               i * s->facts->parts);
            if (own->loss->set) {
                put_set(s, own, at->terms ? at->term[0].coefficient : 1, &q[0], row);
                continue;
            }
            put_quadrants(s, row, R_easy_share, &q[threshold]);
            row[R_grad_sum] = value_number(slope[threshold].of[ALL]);
            put_quadrants(s, row, R_grad_easy_share, &slope[threshold]);
        }
        if (s->a->ci > 0 && !own->loss->set)
            (s->by_cluster ? cluster_rows_put
                           : intervals_put)(s, result->request, balanced ? (ptrdiff_t)i : -1, q->of[ALL],
                                            slope->of[ALL], s->out->row_count - s->a->easy_count);
        free(q);
    }
}

/* For read_off: the scope's own; else α from the sums where all the data are at hand, else that of all the
 * data. */
static void factors(const void *context, size_t request, size_t alpha, const struct sums *sums,
                    double *factor)
{
    struct scope s = *(const struct scope *)context;

    s.sums = (struct sums *)(uintptr_t)sums;
    s.factor = factor;
    if (s.own_factor)
        memcpy(factor, s.own_factor, s.parts * sizeof *factor);
    else if (s.total)
        memcpy(factor, s.total[request].factor + alpha * s.facts->parts + s.first, s.parts * sizeof *factor);
    else
        alpha_set(&s, &s.a->alpha[alpha]);
}

/* Reads off what is requested of the scope's cells; the caller closes the measure. */
static struct measure *read_cells(struct scope *s)
{
    struct read_off query = {.request = s->request,
                             .count = s->requests,
                             .alpha_count = s->own_factor ? 1 : s->a->alpha_count,
                             .squares = s->a->ci > 0 && !s->by_cluster,
                             .positive = s->sides ? s->positive : NULL,
                             .negative = s->sides ? s->negative : NULL,
                             .factors = factors,
                             .context = s,
                             .threads = s->a->threads};
    double *cut = mem_alloc(s->a->easy_count, sizeof *cut);
    struct measure *m;

    for (size_t i = 0; i < s->a->easy_count; i++) cut[i] = cut_of_threshold(s->easy[i]);
    m = measure_open(s->cell, s->cells, s->parts, s->side, cut, s->a->easy_count);
    free(cut);

    measure_weights(m, s->weight);
    s->reading = mem_alloc(s->requests + 1, sizeof *s->reading);
    read_off(m, &query, s->reading);
    if (s->a->ci > 0) intervals_open(s, s->cell, s->cells);
    return m;
}

/* How many examples are kept, and the smallest loss of them. */
static void put_kept(const struct scope *all, struct over_scope *o, const struct setting *at,
                     struct measure *m, struct value *row)
{
    const struct scope *s = &o->scope;
    double sum = row[R_sum].kind == CELL_EMPTY ? 0 : row[R_sum].as.number,
           positives = all->sides ? scope_weight(all, all->positive) : NAN;

    measure_set(m, at);
    row[R_kept] = value_count(scope_examples_of(s, NULL));
    row[R_least_kept] = value_number(measure_least(m, over_data_by_side(at) ? s->negative : NULL));
    row[R_per_positive] = value_number(positives > 0 ? sum / positives : NAN);
    if (sum > 0 && isfinite(sum)) s->out->curve_bound = fmax(s->out->curve_bound, fmin(1, o->bound / sum));
}

/* The rows of a loss over all the data. */
static void put_over_data(struct scope *s, const struct result *r)
{
    struct over_scope o;
    struct result own = {.at = r->at};
    struct request request = {.setting = r->at};
    size_t first = s->out->row_count;
    struct measure *m;

    over_data_open(s, r->over_data, &o);
    *(o.scope.own_factor ? &request.weighted : &request.plain) = true;
    o.scope.request = &request;
    o.scope.requests = 1;
    m = read_cells(&o.scope);
    put_setting(&o.scope, &own);
    for (size_t row = first; r->at.loss->keep && row < s->out->row_count; row++)
        put_kept(s, &o, &r->at, m, &s->out->value[row * s->out->column_count]);
    measure_close(m);
    readings_free(o.scope.reading, 1);
    over_data_close(&o);
}

/* The rows of a sum that is made of others wait for these. */
static void put_result(struct scope *s, const struct result *r)
{
    if (r->over_data)
        put_over_data(s, r);
    else if (r->request != SIZE_MAX)
        put_setting(s, r);
    else
        for (size_t e = 0; e < s->a->easy_count; e++) put_names(s, r, s->a->easy[e], table_row(s->out));
}

/* The rows of all results, in the order in which they were asked for. */
static void put_results(struct scope *s)
{
    for (size_t i = 0; i < s->results; i += 1 + s->result[i].parts) {
        size_t first = s->out->row_count;

        for (size_t k = 0; k <= s->result[i].parts; k++) put_result(s, &s->result[i + k]);
        rows_finish_sum(s, &s->result[i], first);
    }
}

static void put_cells(struct scope *s, const struct cell *cells, size_t count)
{
    struct measure *m;

    s->cell = cells;
    s->cells = count;
    m = read_cells(s);
    put_results(s);
    measure_close(m);
}

/* The cells of parts [first, end), numbered from 0 on, into out; *at: the next of the cells, which stand by
   part. Returns how many. */
static size_t take_parts(const struct cell *cells, size_t count, size_t first, size_t end, size_t *at,
                         struct cell *out)
{
    size_t n = 0;

    for (; *at < count && cells[*at].part < end; ++*at, n++) {
        out[n] = cells[*at];
        out[n].part -= (uint32_t)first;
    }
    return n;
}

/* The classes of a group, or of all. */
static void put_classes(const struct scope *s, const struct cells *cells)
{
    const struct facts *f = s->facts;
    struct scope class = *s;
    struct cell *own = mem_alloc(cells->count, sizeof *own);
    size_t at = 0;

    class.whole = s;
    class.totals = NULL;
    class.counts = NULL;
    class.parts = s->parts / f->classes;
    for (size_t k = 0; k < f->classes; k++) {
        class.first = k * class.parts;
        class.class = f->class_name[k];
        class.weightless = s->weightless + class.first;
        class.positive = s->positive + class.first;
        class.negative = s->negative + class.first;
        class.side = s->side + class.first;
        put_cells(&class, own,
                  take_parts(cells->cell, cells->count, class.first, class.first + class.parts, &at, own));
        readings_free(class.reading, class.requests);
    }
    free(own);
}

/* A group, or all, and its classes. The readings of all the data stay; those of others are freed. */
static void put_scope(struct scope *s, const struct cells *cells)
{
    size_t first = s->out->row_count, each;

    s->weightless = cells->weightless;
    put_cells(s, cells->cell, cells->count);
    each = s->out->row_count - first;
    if (s->total)
        readings_free(s->reading, s->requests);
    else
        s->total = s->reading;
    if (s->a->by_class && each) {
        put_classes(s, cells);
        rows_put_shares(s->out, first + each, s->out->row_count, first, each);
    }
    if (s->by_cluster) intervals_by_cluster(s);
}

/* Hands the rows behind the total's block on. */
static bool deliver_group(struct scope *s, size_t block, struct diag *d)
{
    struct table rows = *s->out;

    rows.value += block * rows.column_count;
    rows.row_count -= block;
    s->out->row_count = block;
    rows_unscale(&rows, s->scale);
    return s->deliver(s->context, &rows, d);
}

static bool put_groups(struct scope *s, const struct tally *tally, struct diag *d)
{
    const struct facts *f = s->facts;
    size_t block = s->out->row_count, each = block, top = s->a->top_groups;
    struct scope all = *s;
    bool ok = true;

    if (!block) return true;
    s->whole = &all;
    s->totals = totals_make(s);
    if (s->a->by_class) each = block / (f->classes + 1);
    rows_put_shares(s->out, 0, each, 0, each); /* of itself: 1 */
    for (size_t g = 0; ok && g < f->group_count; g++) {
        size_t first = s->out->row_count;
        struct cells own = cells_of_group(tally, g);

        s->is_group = true;
        s->group = g;
        s->name = f->groups[f->group_order[g]].name;
        s->counts = &f->groups[f->group_order[g]].counts;
        put_scope(s, &own);
        cells_free(&own);
        group_means_add(s, first);
        rows_put_shares(s->out, first, first + each, 0, each);
        if (top && s->out->row_count / block > 64 && s->out->row_count / block / 2 > top)
            rows_keep_largest(s->out, block, top);
        ok = top || !s->deliver || deliver_group(s, block, d);
    }
    group_means_put(s);
    if (top && f->group_count) rows_keep_largest(s->out, block, top);
    if (ok && s->out->row_count > block) rows_total_to_end(s->out, block);
    free(s->totals);
    s->totals = all.totals;
    return ok;
}

/* last: the tally, where it may be spent; else NULL. */
static bool build(const struct analysis *a, const struct facts *facts, const struct tally *tally,
                  struct tally *last, struct table *out, report_deliver *deliver, void *context,
                  struct diag *d)
{
    struct scope s = {.a = a, .facts = facts, .out = out, .deliver = deliver, .context = context};
    struct analysis own;
    struct cells cells;
    bool ok, *positive, *negative;
    int *side;

    table_init(out, result_column, a->ci > 0 ? R_ALL_COLUMNS : R_COLUMNS);
    if (!analysis_check_classes(a, facts, d)) return false;
    s.easy = thresholds_in_order(a);
    s.factor = mem_alloc(facts->parts, sizeof *s.factor);
    s.weight = mem_alloc(facts->parts, sizeof *s.weight);
    s.parts = facts->parts;
    s.positive = positive = mem_alloc(facts->parts, sizeof *positive);
    s.negative = negative = mem_alloc(facts->parts, sizeof *negative);
    s.side = side = mem_alloc(facts->parts, sizeof *side);
    for (size_t p = 0; p < facts->parts; p++) {
        side[p] = facts_side(facts, p);
        positive[p] = side[p] == 1;
        negative[p] = side[p] == 0;
        s.sides |= side[p] >= 0;
    }
    s.name = facts->grouped ? "TOTAL" : NULL;
    s.counts = &facts->counts;
    alpha_add_own(&s, &own);
    ok = alpha_check(&s, d) && over_data_check_sides(&s, d);
    if (ok) {
        results_make(&s, tally);
        s.totals = totals_make(&s);
        if (a->ci > 0 && tally->clusters) s.by_cluster = cluster_rows_open(&s, tally->clusters);
        cells = last && !facts->grouped ? cells_take(last) : cells_of_all(tally);
        s.scale = cells.count ? cells.cell[0].scale : 0;
        put_scope(&s, &cells);
        cells_free(&cells);
        if (facts->grouped) ok = put_groups(&s, tally, d);
        rows_unscale(out, s.scale);
        readings_free(s.total, s.requests);
        free(s.totals);
        cluster_rows_free(s.by_cluster);
    }
    free(own.alpha);
    results_free(&s);
    free(side);
    free(s.easy);
    free(s.factor);
    free(s.weight);
    free(positive);
    free(negative);
    return ok;
}

bool report_build(const struct analysis *a, const struct facts *facts, const struct tally *tally,
                  struct table *out, struct diag *d)
{
    return build(a, facts, tally, NULL, out, NULL, NULL, d);
}

bool report_build_last(const struct analysis *a, struct tally *tally, struct table *out, struct diag *d)
{
    return build(a, &tally->facts, tally, tally, out, NULL, NULL, d);
}

bool report_stream(const struct analysis *a, struct tally *tally, bool last, report_deliver *deliver,
                   void *context, struct diag *d)
{
    struct table rows;
    bool ok = build(a, &tally->facts, tally, last ? tally : NULL, &rows, deliver, context, d) &&
              deliver(context, &rows, d);

    table_free(&rows);
    return ok;
}
