/* formulas.c: the report's columns by plain formulas and sorting: Lin et al., arXiv 1708.02002, equations 1
   to 11 */
#include "formulas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_xt(struct example *e, real x)
{
    e->x = x;
    e->lp = x > 0 ? -log1pl(expl(-x)) : x - log1pl(expl(x));
    e->lq = x > 0 ? -x - log1pl(expl(-x)) : -log1pl(expl(x));
    e->p = expl(e->lp);
    e->q = expl(e->lq);
}

static void set_pt(struct example *e, real p, real q)
{
    e->p = p;
    e->q = q;
    e->lp = p <= 0.5L ? logl(p) : log1pl(-q);
    e->lq = q <= 0.5L ? logl(q) : log1pl(-p);
    e->x = e->lp - e->lq;
}

static void clip(struct example *e, double eps)
{
    if (e->p < (real)eps) set_pt(e, eps, 1 - (real)eps);
}

/* A binary score: the probability of the positive class, or its logit. */
static void set_score(struct example *e, const struct random_case *c, double score, bool positive)
{
    if (c->logit)
        set_xt(e, positive ? score : -(real)score);
    else if (positive)
        set_pt(e, score, 1 - (real)score);
    else
        set_pt(e, 1 - (real)score, score);
}

/* log Σ exp of all scores but one */
static real log_sum_of_others(const double *score, size_t n, size_t but)
{
    real most = -INFINITY, sum = 0;

    for (size_t k = 0; k < n; k++)
        if (k != but && score[k] > most) most = score[k];
    for (size_t k = 0; k < n; k++)
        if (k != but) sum += expl(score[k] - most);
    return most + logl(sum);
}

static void set_softmax(struct example *e, const struct random_case *c, const double *score, size_t class)
{
    real others = 0;

    if (c->logit) {
        set_xt(e, score[class] - log_sum_of_others(score, c->classes, class));
        return;
    }
    for (size_t k = 0; k < c->classes; k++) others += k == class ? 0 : (real)score[k];
    if (c->renormalize)
        set_pt(e, score[class] / (score[class] + others), others / (score[class] + others));
    else
        set_pt(e, score[class], 1 - (real)score[class]);
}

size_t examples_make(const struct random_case *c, struct example *to)
{
    size_t n = 0, each = c->task == CASE_SIGMOID || c->task == CASE_MULTILABEL ? c->classes : 1;

    for (size_t i = 0; i < c->rows; i++)
        for (size_t k = 0; k < each; k++) {
            struct example *e = &to[n];
            int label = c->label[c->task == CASE_MULTILABEL ? i * c->classes + k : i];
            const double *score = &c->score[i * c->classes];

            if (label == CASE_IGNORED) continue;
            *e = (struct example){.group = c->group[i], .weight = c->weighted ? c->weight[i] : 1};
            e->class = each > 1 ? k : (size_t)label;
            if (c->task == CASE_SOFTMAX) {
                e->positive = !c->background || label != 0;
                set_softmax(e, c, score, (size_t)label);
            } else {
                e->positive = c->task == CASE_SIGMOID ? (size_t)label == k : label == 1;
                set_score(e, c, score[k], e->positive);
            }
            clip(e, c->clip);
            n++;
        }
    return n;
}

/* ---- losses ---- */

static real log_sigmoid(real z)
{
    return z > 0 ? -log1pl(expl(-z)) : z - log1pl(expl(z));
}

static real loss_of(const struct setting *s, const struct example *e)
{
    if (s->star) return -log_sigmoid(s->gamma * e->x + s->beta) / s->gamma;
    if (s->gamma == 0) return -e->lp;
    return e->q == 0 ? 0 : expl(s->gamma * e->lq) * -e->lp;
}

/* |dL/dx| */
static real slope_of(const struct setting *s, const struct example *e)
{
    if (s->star) return expl(log_sigmoid(-(s->gamma * e->x + s->beta)));
    if (s->gamma == 0) return e->q;
    return e->q == 0 ? 0 : expl(s->gamma * e->lq) * (e->q - (e->p == 0 ? 0 : s->gamma * e->p * e->lp));
}

static real factor_of(const struct setting *s, const struct example *e)
{
    if (!s->balanced) return 1;
    return s->factor[s->by_class ? e->class : (size_t)e->positive];
}

static real times(real weight, real loss)
{
    return weight == 0 ? 0 : weight * loss;
}

/* ---- α ---- */

void setting_factors(struct setting *s, const struct random_case *c, const struct example *e, size_t n)
{
    const struct case_alpha *a = s->alpha;
    double count[2] = {0}, of_class[CASE_CLASSES] = {0}, alpha = a->number, mean = 0;
    size_t parts;
    real loss[2] = {0};

    for (size_t i = 0; i < n; i++) {
        count[e[i].positive]++;
        of_class[e[i].class]++;
        loss[e[i].positive] += times(e[i].weight, loss_of(s, &e[i]));
    }
    for (int side = 0; side < 2; side++)
        if (loss[side] < 1e-300L) loss[side] = 0; /* it lies below the doubles */
    s->by_class = c->task == CASE_SOFTMAX &&
                  (a->kind == CASE_INVERSE || a->kind == CASE_EFFECTIVE || a->kind == CASE_WEIGHTS);
    if (a->kind == CASE_EFFECTIVE) {
        const double *of = s->by_class ? of_class : count;

        parts = s->by_class ? c->classes : 2;
        for (size_t k = 0; k < parts; k++) {
            s->factor[k] = of[k] > 0 ? (double)((1 - (real)alpha) / (1 - powl(alpha, of[k]))) : 0;
            mean += s->factor[k] / (double)parts;
        }
        for (size_t k = 0; k < parts; k++) s->factor[k] /= mean;
        return;
    }
    for (size_t k = 0; k < c->classes && s->by_class; k++) {
        s->factor[k] = 1;
        if (a->kind == CASE_INVERSE)
            s->factor[k] = of_class[k] > 0 ? (double)n / ((double)c->classes * of_class[k]) : 0;
        if (a->kind == CASE_WEIGHTS && k < 2) s->factor[k] = k == 0 ? 2 : 0.5;
    }
    if (s->by_class) return;
    if (a->kind == CASE_INVERSE) alpha = count[0] / (count[0] + count[1]);
    if (a->kind == CASE_BALANCE) alpha = (double)(loss[0] / (loss[0] + loss[1]));
    s->factor[1] = alpha;
    s->factor[0] =
        a->kind == CASE_BALANCE ? (double)(loss[1] / (loss[0] + loss[1])) : (double)(1 - (real)alpha);
    if (!c->sides) s->factor[0] = alpha;
}

void examples_losses(const struct setting *s, struct example *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        e[i].loss = times(factor_of(s, &e[i]), loss_of(s, &e[i]));
        e[i].slope = times(factor_of(s, &e[i]), slope_of(s, &e[i]));
    }
}

/* ---- results ---- */

const struct column_info columns[COLUMNS] = {
    [EXAMPLES] = {"examples", 0, 0},
    [POSITIVES] = {"positives", 1, 0},
    [NEGATIVES] = {"negatives", 1, 0},
    [WEIGHT] = {"weight", 0, 0},
    [SUM] = {"sum", 0, 0},
    [MEAN] = {"mean", 0, 0},
    [PER_POSITIVE] = {"per_positive", 1, 0},
    [EASY_SHARE] = {"easy_share", 0, 0},
    [HARD_SHARE] = {"hard_share", 0, 0},
    [EASY_NEG] = {"easy_neg", 1, 0},
    [HARD_NEG] = {"hard_neg", 1, 0},
    [EASY_POS] = {"easy_pos", 1, 0},
    [HARD_POS] = {"hard_pos", 1, 0},
    [GRAD_SUM] = {"grad_sum", 0, 0},
    [GRAD_EASY_SHARE] = {"grad_easy_share", 0, 0},
    [GRAD_HARD_SHARE] = {"grad_hard_share", 0, 0},
    [GRAD_EASY_NEG] = {"grad_easy_neg", 1, 0},
    [GRAD_HARD_NEG] = {"grad_hard_neg", 1, 0},
    [GRAD_EASY_POS] = {"grad_easy_pos", 1, 0},
    [GRAD_HARD_POS] = {"grad_hard_pos", 1, 0},
    [TOP1] = {"top1", 0, 1},
    [TOP5] = {"top5", 0, 1},
    [TOP20] = {"top20", 0, 1},
    [HALF] = {"half", 0, 1},
    [GINI] = {"gini", 0, 1},
    [EFFECTIVE] = {"effective", 0, 0},
    [POS_TOP20] = {"pos_top20", 1, 1},
    [NEG_TOP20] = {"neg_top20", 1, 1},
    [POS_HALF] = {"pos_half", 1, 1},
    [NEG_HALF] = {"neg_half", 1, 1},
    [SHARE_OF_TOTAL] = {"share_of_total", 0, 0},
    [GRAD_SHARE_OF_TOTAL] = {"grad_share_of_total", 0, 0},
};

/* p_t ≥ t, exactly: 1 − p ≥ t is asked as p ≤ 1 − t where that has no rounding, and 1/2 is asked of the
   logit. */
static bool is_easy(const struct example *e, double t)
{
    if (t == 0.5) return e->x >= 0;
    return t >= 0.5 ? e->q <= 1 - (real)t : e->p >= (real)t;
}

static int falling(const void *a, const void *b)
{
    real x = ((const struct share *)a)->loss, y = ((const struct share *)b)->loss;

    return x > y ? -1 : x < y;
}

struct concentration {
    real top1, top5, top20, half, gini;
};

static real in_hardest(const struct share *s, size_t n, real weight)
{
    real sum = 0;

    for (size_t i = 0; i < n && weight > 0; i++) {
        real w = s[i].weight < weight ? s[i].weight : weight;

        sum += times(w, s[i].loss);
        weight -= w;
    }
    return sum;
}

static struct concentration concentrate(struct share *s, size_t n)
{
    real weight = 0, sum = 0, so_far = 0, area = 0, before = 0;
    struct concentration c = {NAN, NAN, NAN, NAN, NAN};

    qsort(s, n, sizeof *s, falling);
    for (size_t i = 0; i < n; i++) {
        weight += s[i].weight;
        sum += times(s[i].weight, s[i].loss);
    }
    if (!(sum > 0) || isinf(sum)) return c;
    c.half = NAN;
    for (size_t i = 0; i < n; i++) {
        real l = times(s[i].weight, s[i].loss);

        if (isnan(c.half) && so_far + l >= sum / 2)
            c.half = (before + (sum / 2 - so_far) / s[i].loss) / weight;
        area += s[i].weight * (2 * so_far + l);
        so_far += l;
        before += s[i].weight;
    }
    c.top1 = in_hardest(s, n, weight / 100) / sum;
    c.top5 = in_hardest(s, n, weight / 20) / sum;
    c.top20 = in_hardest(s, n, weight / 5) / sum;
    c.gini = area / (weight * sum) - 1;
    return c;
}

static real ratio(real part, real whole)
{
    return whole == 0 || (isinf(part) && isinf(whole)) ? (real)NAN : part / whole;
}

bool is_within(const struct scope *s, const struct example *e)
{
    return (s->group < 0 || e->group == (size_t)s->group) && (s->class < 0 || e->class == (size_t)s->class);
}

static void sum_of_scope(const struct example *e, size_t n, const struct scope *scope, real *loss,
                         real *slope)
{
    *loss = *slope = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_within(scope, &e[i])) continue;
        *loss += times(e[i].weight, e[i].loss);
        *slope += times(e[i].weight, e[i].slope);
    }
}

static struct concentration concentration_of(const struct example *e, size_t n, const struct scope *scope,
                                             int side, struct share *sorted)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++)
        if (is_within(scope, &e[i]) && (side < 0 || e[i].positive == side))
            sorted[used++] = (struct share){e[i].loss, e[i].weight};
    return concentrate(sorted, used);
}

/* All columns of a scope at one threshold. `sorted` is room for n. */
void evaluate(const struct example *e, size_t n, const struct scope *scope, bool grouped, double easy,
              struct share *sorted, real *out)
{
    real loss[2][2] = {{0}}, grad[2][2] = {{0}}, count[2] = {0}, weight[2] = {0}, square = 0, sum, slopes,
         whole, whole_grad;
    struct scope above = {scope->class >= 0 ? scope->group : -1, -1};
    struct concentration all = concentration_of(e, n, scope, -1, sorted), side[2];

    for (size_t i = 0; i < n; i++) {
        bool is = is_easy(&e[i], easy);
        real l = times(e[i].weight, e[i].loss);

        if (!is_within(scope, &e[i])) continue;
        loss[e[i].positive][is] += l;
        grad[e[i].positive][is] += times(e[i].weight, e[i].slope);
        count[e[i].positive]++;
        weight[e[i].positive] += e[i].weight;
        square += l * l;
    }
    for (int p = 0; p < 2; p++) side[p] = concentration_of(e, n, scope, p, sorted);
    sum = loss[0][0] + loss[0][1] + loss[1][0] + loss[1][1];
    slopes = grad[0][0] + grad[0][1] + grad[1][0] + grad[1][1];
    sum_of_scope(e, n, &above, &whole, &whole_grad);
    memcpy(out,
           (real[COLUMNS]){count[0] + count[1],
                           count[1],
                           count[0],
                           weight[0] + weight[1],
                           sum,
                           ratio(sum, weight[0] + weight[1]),
                           ratio(sum, weight[1]),
                           ratio(loss[0][1] + loss[1][1], sum),
                           ratio(loss[0][0] + loss[1][0], sum),
                           ratio(loss[0][1], sum),
                           ratio(loss[0][0], sum),
                           ratio(loss[1][1], sum),
                           ratio(loss[1][0], sum),
                           slopes,
                           ratio(grad[0][1] + grad[1][1], slopes),
                           ratio(grad[0][0] + grad[1][0], slopes),
                           ratio(grad[0][1], slopes),
                           ratio(grad[0][0], slopes),
                           ratio(grad[1][1], slopes),
                           ratio(grad[1][0], slopes),
                           all.top1,
                           all.top5,
                           all.top20,
                           all.half,
                           all.gini,
                           isinf(sum) || sum == 0 ? (real)NAN : sum * sum / square,
                           side[1].top20,
                           side[0].top20,
                           side[1].half,
                           side[0].half,
                           ratio(sum, whole),
                           ratio(slopes, whole_grad)},
           COLUMNS * sizeof *out);
    if (!grouped && scope->class < 0) out[SHARE_OF_TOTAL] = out[GRAD_SHARE_OF_TOTAL] = NAN;
}
