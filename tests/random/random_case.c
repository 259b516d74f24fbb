/* random_case.c: random predictions and labels in a random setting of the report */
#include "random_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const case_class[CASE_CLASSES] = {"ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen"};

static uint64_t bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double unit(uint64_t *state)
{
    return (double)(bits(state) >> 11) * 0x1p-53;
}

static size_t below(uint64_t *state, size_t n)
{
    return (size_t)(bits(state) >> 20) % n;
}

static bool chance(uint64_t *state, double p)
{
    return unit(state) < p;
}

static double normal(uint64_t *state)
{
    return sqrt(-2 * log(1 - unit(state))) * cos(6.283185307179586 * unit(state));
}

/* How scores are spread. */
enum spread { WIDE, MODEL, DECIMALS, FEW_VALUES, CLUSTER, ENDS, NEAR_HALF, FLOATS, FAR, SPREADS };

static double logit_of(enum spread spread, uint64_t *s)
{
    static const double few[] = {-4.25, -1, 0, 2.5};

    switch (spread) {
    case WIDE: return 24 * unit(s) - 12;
    case DECIMALS: return round(400 * normal(s)) / 100;
    case FEW_VALUES: return few[below(s, 4)];
    case CLUSTER: return -4.6 + 0.01 * normal(s);
    case ENDS: return chance(s, 0.5) ? 60 * normal(s) : ldexp(normal(s), -(int)below(s, 60));
    case NEAR_HALF: return 1e-3 * normal(s);
    case FLOATS: return (double)(float)(3 * normal(s));
    case FAR: return 1600 * unit(s) - 800;
    default: return 2.5 * normal(s) - 2;
    }
}

static double prob_of(enum spread spread, uint64_t *s)
{
    double p;

    switch (spread) {
    case WIDE: return unit(s);
    case DECIMALS: return (double)below(s, 101) / 100;
    case FEW_VALUES: return (double)(1 + below(s, 4)) / 5;
    case ENDS:
    case FAR:
        p = pow(10, -(spread == FAR ? 300 : 17) * unit(s));
        return chance(s, 0.02) ? (double)below(s, 2) : chance(s, 0.5) ? p : 1 - p;
    case FLOATS: return (double)(float)unit(s);
    default: return 1 / (1 + exp(-logit_of(spread, s)));
    }
}

static void make_clip(struct random_case *c, uint64_t *s, char *to)
{
    c->clip = c->logit ? 0 : 0x1p-52;
    if (!chance(s, 0.3)) return;
    c->clip = chance(s, 0.5) ? 0 : 1e-3;
    sprintf(to, " --clip %g", c->clip);
}

static void make_settings(struct random_case *c, uint64_t *s)
{
    static const double gammas[] = {0, 0.5, 1, 2, 5, 0.01, 3.7, 4.999, 30, 100},
                        easy[] = {0.5, 0.6, 0.9, 0.1, 0.99, 0.3, 0.75, 0.15, 1e-5};
    char *to = c->options;
    const struct {
        enum case_alpha_kind kind;
        double number;
        const char *text;
        bool may;
    } alphas[] = {{CASE_NUMBER, 0.25, "0.25", true},
                  {CASE_NUMBER, 0.9, "0.9", true},
                  {CASE_NUMBER, 0, "0", true},
                  {CASE_NUMBER, 1, "1", true},
                  {CASE_INVERSE, 0, "inverse", true},
                  {CASE_EFFECTIVE, 0.99, "effective:0.99", true},
                  {CASE_EFFECTIVE, 0.9, "effective:0.9", true},
                  {CASE_BALANCE, 0, "balance", c->sides},
                  {CASE_NUMBER, 0.5, "0.5", true}};

    c->gamma_count = 1 + below(s, 4);
    for (size_t i = 0, at = 1 + below(s, 9); i < c->gamma_count; i++, at += 3) c->gamma[i] = gammas[at % 10];
    c->beta_count = 1 + below(s, 2);
    c->beta[0] = chance(s, 0.5) ? 0 : 1;
    c->beta[1] = -0.5;
    c->easy_count = 1 + below(s, 3);
    for (size_t i = 0, at = chance(s, 0.4) ? 0 : below(s, 9); i < c->easy_count; i++, at += 2)
        c->easy[i] = easy[at % 9];
    c->alpha_count = 0;
    for (size_t i = 0, at = below(s, 9); i < 3; i++, at += 2) {
        if (!alphas[at % 9].may) continue;
        c->alpha[c->alpha_count].kind = alphas[at % 9].kind;
        c->alpha[c->alpha_count].number = alphas[at % 9].number;
        strcpy(c->alpha[c->alpha_count++].text, alphas[at % 9].text);
    }
    if (c->task == CASE_SOFTMAX && chance(s, 0.3)) {
        c->alpha_count = 1; /* no further α stands beside weights of classes */
        c->alpha[0].kind = CASE_WEIGHTS;
        strcpy(c->alpha[0].text, "ant=2,bee=0.5");
    }
    to += sprintf(to, " -l ce,balanced-ce,focal,balanced-focal,focal-star,balanced-focal-star");
    for (size_t i = 0; i < c->gamma_count; i++) to += sprintf(to, "%s%.17g", i ? "," : " -g ", c->gamma[i]);
    for (size_t i = 0; i < c->beta_count; i++) to += sprintf(to, "%s%.17g", i ? "," : " --beta=", c->beta[i]);
    for (size_t i = 0; i < c->easy_count; i++) to += sprintf(to, "%s%.17g", i ? "," : " -e ", c->easy[i]);
    for (size_t i = 0; i < c->alpha_count; i++) to += sprintf(to, "%s%s", i ? "," : " -a ", c->alpha[i].text);
    make_clip(c, s, to);
    to = c->columns;
    to += sprintf(to, c->logit ? " -z" : " -p");
    for (size_t k = 0; k < c->classes; k++) to += sprintf(to, "%cs_%s", k ? ',' : ' ', case_class[k]);
    to += sprintf(to, " -y");
    for (size_t k = 0; k < (c->task == CASE_MULTILABEL ? c->classes : 1); k++)
        to += sprintf(to, "%cy_%s", k ? ',' : ' ', case_class[k]);
    if (c->weighted) to += sprintf(to, " -w importance");
    if (c->grouped) to += sprintf(to, " -b image");
    if (c->by_class) to += sprintf(to, " --by-class");
    if (c->renormalize) to += sprintf(to, " --renormalize");
    if (c->background) to += sprintf(to, " --background ant");
    if (c->task == CASE_SIGMOID) to += sprintf(to, " --background none --task sigmoid");
    if (c->task == CASE_MULTILABEL) to += sprintf(to, " --task multilabel");
    to += sprintf(to, " --ignore=-1");
}

static double one_weight(int way, uint64_t *s)
{
    switch (way) {
    case 0: return (double)below(s, 4);
    case 1: return exp(10 * normal(s));
    case 2: return 0.1 + unit(s);
    default: return chance(s, 0.9) ? 1 : 0;
    }
}

static void make_row(struct random_case *c, size_t i, enum spread spread, uint64_t *s)
{
    double *x = &c->score[i * c->classes], sum = 0, scale = 0.2 + 0.8 * unit(s);

    for (size_t k = 0; k < c->classes; k++) {
        x[k] = c->logit || c->task == CASE_SOFTMAX ? logit_of(spread, s) : prob_of(spread, s);
        if (c->task == CASE_SOFTMAX && !c->logit) sum += x[k] = exp(x[k] / (spread == FAR ? 30 : 1));
    }
    for (size_t k = 0; k < c->classes && sum > 0; k++) x[k] *= (c->renormalize ? scale : 1) / sum;
}

static void make_label(struct random_case *c, size_t i, double rate, uint64_t *s)
{
    size_t each = c->task == CASE_MULTILABEL ? c->classes : 1;

    for (size_t k = 0; k < each; k++) {
        int *y = &c->label[i * each + k];

        *y = c->task == CASE_BINARY || c->task == CASE_MULTILABEL ? chance(s, rate)
                                                                  : (int)below(s, c->classes);
        if (c->task == CASE_SOFTMAX && chance(s, 0.5)) *y = 0;
        if (c->task == CASE_SIGMOID && chance(s, 0.3)) *y = CASE_NO_CLASS;
        if (chance(s, 0.02)) *y = CASE_IGNORED;
    }
}

void case_make(struct random_case *c, uint64_t seed)
{
    static const size_t sizes[] = {1, 2, 7, 60, 300, 1000, 4000};
    static const double rates[] = {0.5, 0.1, 0.003, 0.9};
    uint64_t state = seed * 0x9e3779b97f4a7c15u + 1, *s = &state;
    enum spread spread;
    double rate;
    int way;

    for (int i = 0; i < 8; i++) bits(s);
    *c = (struct random_case){.task = chance(s, 0.5) ? CASE_BINARY : (enum case_task)(1 + below(s, 3))};
    c->logit = chance(s, 0.5);
    c->weighted = chance(s, 0.4);
    c->grouped = chance(s, 0.3);
    c->classes = c->task == CASE_BINARY ? 1 : 3 + below(s, 6);
    c->by_class = c->task != CASE_BINARY && chance(s, 0.5);
    c->background = c->task == CASE_SOFTMAX && chance(s, 0.4);
    c->renormalize = c->task == CASE_SOFTMAX && !c->logit && chance(s, 0.3);
    c->sides = c->task != CASE_SOFTMAX || c->background;
    c->rows = sizes[below(s, 7)];
    spread = (enum spread)below(s, SPREADS);
    rate = rates[below(s, 4)];
    way = (int)below(s, 4);
    make_settings(c, s);
    c->score = malloc(c->rows * c->classes * sizeof *c->score);
    c->label = malloc(c->rows * c->classes * sizeof *c->label);
    c->weight = malloc(c->rows * sizeof *c->weight);
    c->group = malloc(c->rows * sizeof *c->group);
    if (!c->score || !c->label || !c->weight || !c->group) abort();
    for (size_t i = 0; i < c->rows; i++) {
        make_row(c, i, spread, s);
        make_label(c, i, rate, s);
        c->weight[i] = one_weight(way, s);
        c->group[i] = below(s, CASE_GROUPS);
    }
}

void case_free(struct random_case *c)
{
    free(c->score);
    free(c->label);
    free(c->weight);
    free(c->group);
}

static void write_label(const struct random_case *c, int y, FILE *to)
{
    if (y == CASE_IGNORED)
        fputs("-1,", to);
    else if (c->task == CASE_BINARY || c->task == CASE_MULTILABEL)
        fprintf(to, "%d,", y);
    else
        fprintf(to, "%s,", y == CASE_NO_CLASS ? "none" : case_class[y]);
}

bool case_write(const struct random_case *c, const char *path)
{
    FILE *to = fopen(path, "w");
    size_t each = c->task == CASE_MULTILABEL ? c->classes : 1;

    if (!to) return false;
    for (size_t k = 0; k < c->classes; k++) fprintf(to, "s_%s,", case_class[k]);
    for (size_t k = 0; k < each; k++) fprintf(to, "y_%s,", case_class[k]);
    fputs("importance,image\n", to);
    for (size_t i = 0; i < c->rows; i++) {
        for (size_t k = 0; k < c->classes; k++) fprintf(to, "%.17g,", c->score[i * c->classes + k]);
        for (size_t k = 0; k < each; k++) write_label(c, c->label[i * each + k], to);
        fprintf(to, "%.17g,g%zu\n", c->weight[i], c->group[i]);
    }
    return fclose(to) == 0;
}
