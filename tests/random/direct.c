/* direct.c: the program's report against plain formulas, for random data in random settings
 *
 *     direct LOSSCOPE FIRST LAST
 *
 * For each seed a file case.csv is written into the working directory and read by the program; every column
 * of its report is compared with formulas.c. */
#include "formulas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the program's report ---- */

enum { FIELDS = 64, LINE = 1 << 14 };

struct report {
    char *text, **field; /* [row][column]; row 0: names */
    size_t rows, columns;
    bool *used;
};

static char *read_whole(FILE *from, size_t *size)
{
    size_t room = 1 << 16, n;
    char *text = malloc(room);

    *size = 0;
    while (text && (n = fread(text + *size, 1, room - *size - 1, from)) > 0) {
        *size += n;
        if (room - *size < 2) text = realloc(text, room *= 2);
    }
    if (!text) abort();
    text[*size] = 0;
    return text;
}

/* Tab-separated text, split in place. */
static void parse_report(struct report *r)
{
    size_t size = strlen(r->text), count = 0;

    r->rows = r->columns = 0;
    for (size_t i = 0; i < size; i++) {
        count += r->text[i] == '\t' || r->text[i] == '\n';
        r->rows += r->text[i] == '\n';
        if (r->text[i] == '\n' && !r->columns) r->columns = count;
    }
    if (!r->rows || count != r->rows * r->columns) {
        r->rows = 0;
        return;
    }
    r->field = calloc(count, sizeof *r->field);
    r->used = calloc(r->rows, sizeof *r->used);
    if (!r->field || !r->used) abort();
    count = 0;
    r->field[count++] = r->text;
    for (size_t i = 0; i + 1 < size; i++)
        if (r->text[i] == '\t' || r->text[i] == '\n') r->field[count++] = r->text + i + 1;
    for (size_t i = 0; i < size; i++)
        if (r->text[i] == '\t' || r->text[i] == '\n') r->text[i] = 0;
}

static void free_report(struct report *r)
{
    free(r->text);
    free(r->field);
    free(r->used);
}

static const char *get(const struct report *r, size_t row, const char *name)
{
    for (size_t k = 0; k < r->columns; k++)
        if (strcmp(r->field[k], name) == 0) return r->field[row * r->columns + k];
    return "(no such column)";
}

static bool is_number(const char *text, double want)
{
    return *text && fabs(strtod(text, NULL) - want) <= 1e-12 * fabs(want);
}

/* The row of a scope and setting, not used before; 0: there is none. */
static size_t find_row(const struct report *r, const struct random_case *c, const struct setting *s,
                       const struct scope *scope, double easy)
{
    char group[20] = "";
    const char *class = scope->class < 0 ? "" : case_class[scope->class];
    bool plain = strcmp(s->loss, "ce") == 0 || strcmp(s->loss, "balanced-ce") == 0, text;

    if (c->grouped) snprintf(group, sizeof group, scope->group < 0 ? "TOTAL" : "g%d", scope->group);
    for (size_t i = 1; i < r->rows; i++) {
        if (r->used[i] || strcmp(get(r, i, "loss"), s->loss) || strcmp(get(r, i, "group"), group)) continue;
        if (strcmp(get(r, i, "class"), class) || !is_number(get(r, i, "easy"), easy)) continue;
        if (plain ? *get(r, i, "gamma") : !is_number(get(r, i, "gamma"), s->gamma)) continue;
        if (s->star ? !is_number(get(r, i, "beta"), s->beta) : *get(r, i, "beta")) continue;
        text = s->balanced && (s->alpha->kind == CASE_EFFECTIVE || s->by_class);
        if (!s->balanced && *get(r, i, "alpha")) continue;
        if (text && strcmp(get(r, i, "alpha"), s->alpha->text)) continue;
        if (s->balanced && !text && !isnan(s->factor[1]) && !is_number(get(r, i, "alpha"), s->factor[1]))
            continue;
        r->used[i] = true;
        return i;
    }
    return 0;
}

/* Within which relative distance a column is right. */
static real bound_of(enum column k, const struct setting *s)
{
    if (k < SUM) return 1e-14L;
    return (s->gamma > 5 ? 1e-11L : 1e-13L) * (k == EFFECTIVE || (s->star && s->gamma > 5) ? 10 : 1);
}

static bool is_near(const char *got, real want, enum column k, const struct setting *s)
{
    real d;

    if (isnan(want)) return !*got;
    if (isinf(want)) return strcmp(got, "inf") == 0;
    if (!*got) return false;
    d = fabsl(strtold(got, NULL) - want);
    if (columns[k].curve) return s->gamma > 5 || d <= 1e-4L;
    return d <= 1e-300L || d <= bound_of(k, s) * fabsl(want);
}

static size_t compare(const struct report *r, const struct random_case *c, const struct setting *s,
                      const struct scope *scope, double easy, const real *want)
{
    size_t row = find_row(r, c, s, scope, easy), bad = 0;
    const real side[2] = {want[EASY_NEG] + want[HARD_NEG], want[EASY_POS] + want[HARD_POS]}; /* shares */

    if (!row) {
        printf("  no row %s gamma %g beta %g alpha %s easy %g group %d class %d\n", s->loss, s->gamma,
               s->beta, s->balanced ? s->alpha->text : "", easy, scope->group, scope->class);
        return 1;
    }
    for (int k = 0; k < COLUMNS; k++) {
        const char *got = get(r, row, columns[k].name);

        /* parts lie below the doubles, or are no share of an infinite whole; a side of α = 0 has no loss of
           its own */
        if (k > SUM && want[SUM] != 0 && (want[SUM] < 1e-280L || isinf(want[SUM]))) continue;
        if (k >= POS_TOP20 && k <= NEG_HALF &&
            (isnan(want[k]) || want[SUM] * side[k == POS_TOP20 || k == POS_HALF] < 1e-280L))
            continue;
        if (k >= SHARE_OF_TOTAL && want[k] == 0 && !*got) continue;
        if (columns[k].of_sides && !c->sides ? !*got : is_near(got, want[k], (enum column)k, s)) continue;
        printf("  %s gamma %g beta %g alpha %s easy %g group %d class %d: %s is %s, not %.17Lg\n", s->loss,
               s->gamma, s->beta, s->balanced ? s->alpha->text : "", easy, scope->group, scope->class,
               columns[k].name, got, want[k]);
        bad++;
    }
    return bad;
}

/* ---- a case ---- */

struct job {
    struct random_case c;
    struct example *e;
    struct share *sorted;
    size_t n;
    struct report report;
};

static size_t check_setting(struct job *j, const struct setting *s)
{
    size_t bad = 0;

    for (int group = j->c.grouped ? CASE_GROUPS - 1 : -1; group >= -1; group--)
        for (int class = j->c.by_class ? (int)j->c.classes - 1 : -1; class >= -1; class --)
            for (size_t i = 0; i < j->c.easy_count; i++) {
                struct scope scope = {group, class};
                real want[COLUMNS];
                size_t rows = 0;

                for (size_t k = 0; k < j->n; k++) rows += is_within(&scope, &j->e[k]);
                if (!rows && (group >= 0 || class >= 0)) continue;
                evaluate(j->e, j->n, &scope, j->c.grouped, j->c.easy[i], j->sorted, want);
                bad += compare(&j->report, &j->c, s, &scope, j->c.easy[i], want);
            }
    return bad;
}

static size_t check_losses(struct job *j)
{
    static const struct {
        const char *name;
        bool balanced, star, plain;
    } losses[] = {{"ce", 0, 0, 1},         {"balanced-ce", 1, 0, 1},
                  {"focal", 0, 0, 0},      {"balanced-focal", 1, 0, 0},
                  {"focal-star", 0, 1, 0}, {"balanced-focal-star", 1, 1, 0}};
    size_t bad = 0;

    for (size_t l = 0; l < sizeof losses / sizeof *losses; l++)
        for (size_t g = 0; g < (losses[l].plain ? 1 : j->c.gamma_count); g++)
            for (size_t b = 0; b < (losses[l].star ? j->c.beta_count : 1); b++)
                for (size_t a = 0; a < (losses[l].balanced ? j->c.alpha_count : 1); a++) {
                    struct setting s = {.loss = losses[l].name,
                                        .balanced = losses[l].balanced,
                                        .star = losses[l].star,
                                        .gamma = losses[l].plain ? 0 : j->c.gamma[g],
                                        .beta = losses[l].star ? j->c.beta[b] : 0,
                                        .alpha = &j->c.alpha[a]};

                    if (s.gamma == 0 && !losses[l].plain)
                        continue; /* focal at γ = 0 is ce, and is not printed twice */
                    if (s.balanced) setting_factors(&s, &j->c, j->e, j->n);
                    if (isnan(s.factor[1])) continue; /* nothing to balance */
                    examples_losses(&s, j->e, j->n);
                    bad += check_setting(j, &s);
                }
    return bad;
}

static bool check_case(const char *losscope, uint64_t seed)
{
    struct job j = {0};
    char command[3000];
    FILE *from;
    size_t size, bad = 1;
    int status;

    case_make(&j.c, seed);
    j.e = calloc(j.c.rows * j.c.classes + 1, sizeof *j.e);
    j.sorted = calloc(j.c.rows * j.c.classes + 1, sizeof *j.sorted);
    if (!j.e || !j.sorted || !case_write(&j.c, "case.csv")) abort();
    j.n = examples_make(&j.c, j.e);
    snprintf(command, sizeof command, "%s -q -f tsv%s%s case.csv 2>case.err", losscope, j.c.options,
             j.c.columns);
    from = popen(command, "r");
    if (!from) abort();
    j.report.text = read_whole(from, &size);
    status = pclose(from);
    parse_report(&j.report);
    if (j.n == 0)
        bad = 0;
    else if (status == 0 && j.report.rows > 0)
        bad = check_losses(&j);
    for (size_t i = 1; i < j.report.rows && j.n; i++)
        if (!j.report.used[i] && *get(&j.report, i, "sum") && strcmp(get(&j.report, i, "examples"), "0")) {
            printf("  a row that should not be: %s %s %s\n", get(&j.report, i, "loss"),
                   get(&j.report, i, "group"), get(&j.report, i, "class"));
            bad++;
        }
    if (bad)
        printf("direct: seed %llu: %zu differ, status %d: losscope -f tsv%s%s case.csv\n",
               (unsigned long long)seed, bad, status, j.c.options, j.c.columns);
    free_report(&j.report);
    free(j.e);
    free(j.sorted);
    case_free(&j.c);
    return bad == 0;
}

int main(int argc, char **argv)
{
    unsigned passed = 0, failed = 0;

    if (argc != 4) return fputs("usage: direct LOSSCOPE FIRST LAST\n", stderr), 2;
    for (uint64_t seed = strtoull(argv[2], NULL, 10); seed <= strtoull(argv[3], NULL, 10); seed++)
        *(check_case(argv[1], seed) ? &passed : &failed) += 1;
    printf("direct: %u passed, %u failed\n", passed, failed);
    return failed > 0;
}
