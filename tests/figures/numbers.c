/* numbers.c: the numbers of a figure (--data, as TSV) against a direct way: every example's loss by the plain
 * formula, sorted and added; and the blocks of its script against those numbers
 *
 * numbers FIGURE logit|prob DATA.tsv SCRIPT.gp SAMPLE, where SAMPLE has a line "score label" an example:
 * label 0 or 1, or of several classes the class's name with the score of that class. Prints what differs;
 * exit 1. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXAMPLES = 50000, POINTS = 60000, COLUMNS = 15, TEXT = 64 };

struct example {
    double pt, qt, xt, ce; /* p_t, 1 − p_t, logit of p_t, −log p_t */
    int side;              /* −1: none */
    char class[TEXT];
};
static struct example example[EXAMPLES];
static size_t examples;

/* A row of the data; numbers that are empty are NaN. */
struct point {
    char text[COLUMNS][TEXT];
    double number[COLUMNS];
};
enum { FIGURE, GROUP, PANEL, CURVE, LOSS, GAMMA, BETA, ALPHA, LABEL, X, X_END, Y, Z, LOW, HIGH };
static struct point point[POINTS];
static size_t points;

static int failures;

static void expect(double got, double want, double tolerance, size_t row, const char *what)
{
    if (fabs(got - want) <= tolerance || (isnan(got) && isnan(want))) return;
    if (++failures <= 5)
        printf("row %zu (%s, %s, γ = %g): %s is %.12g, not %.12g\n", row + 2, point[row].text[PANEL],
               point[row].text[CURVE], point[row].number[GAMMA], what, got, want);
}

static FILE *open_file(const char *path)
{
    FILE *f = fopen(path, "r");

    if (!f) perror(path), exit(2);
    return f;
}

static void read_sample(const char *path, bool logit)
{
    FILE *f = open_file(path);
    char line[256];

    while (fgets(line, sizeof line, f) && examples < EXAMPLES) {
        struct example *e = &example[examples++];
        double score;
        char label[TEXT];

        if (sscanf(line, "%lf %63[^\n]", &score, label) != 2) exit(2);
        e->side = strcmp(label, "1") == 0 ? 1 : strcmp(label, "0") == 0 ? 0 : -1;
        strcpy(e->class, label);
        if (logit) {
            e->xt = e->side == 0 ? -score : score;
            e->pt = 1 / (1 + exp(-e->xt));
            e->qt = 1 / (1 + exp(e->xt));
            e->ce = e->xt > 0 ? log1p(exp(-e->xt)) : -e->xt + log1p(exp(e->xt));
        } else {
            e->pt = e->side == 0 ? 1 - score : score;
            e->qt = e->side == 0 ? score : 1 - score;
            e->xt = log(e->pt / e->qt);
            e->ce = e->pt > 0.5 ? -log1p(-e->qt) : -log(e->pt);
        }
    }
    fclose(f);
}

static void read_points(const char *path)
{
    FILE *f = open_file(path);
    char line[1024];

    if (!fgets(line, sizeof line, f)) exit(2);
    while (fgets(line, sizeof line, f) && points < POINTS) {
        struct point *p = &point[points++];
        char *field = line;

        line[strcspn(line, "\n")] = '\0';
        for (int c = 0; c < COLUMNS; c++) {
            size_t n = strcspn(field, "\t");

            snprintf(p->text[c], TEXT, "%.*s", (int)n, field);
            p->number[c] = n ? strtod(p->text[c], NULL) : NAN;
            field += n + (field[n] == '\t');
        }
    }
    fclose(f);
}

/* The loss of an example at the setting of a point: with α where the loss has one. */
static double loss_of(const struct example *e, const struct point *p)
{
    const char *name = p->text[LOSS];
    double gamma = p->number[GAMMA], alpha = 1, loss;

    if (strncmp(name, "balanced-", 9) == 0) {
        alpha = e->side == 0 ? 1 - p->number[ALPHA] : p->number[ALPHA];
        name += 9;
    }
    if (strcmp(name, "ce") == 0)
        loss = e->ce;
    else if (strcmp(name, "focal") == 0)
        loss = pow(e->qt, gamma) * e->ce;
    else if (strcmp(name, "focal-star") == 0)
        loss = log1p(exp(-(gamma * e->xt + p->number[BETA]))) / gamma;
    else
        printf("no formula for %s\n", p->text[LOSS]), exit(2);
    return alpha * loss;
}

/* |dL/dx| of CE and FL: (1 − p_t)^γ (1 − p_t + γ p_t CE). */
static double slope_of(const struct example *e, double gamma)
{
    return pow(e->qt, gamma) * (e->qt + gamma * e->pt * e->ce);
}

static bool in_panel(const struct example *e, const char *panel)
{
    if (strcmp(panel, "examples") == 0) return true;
    if (strcmp(panel, "foreground") == 0 || strcmp(panel, "positives") == 0) return e->side == 1;
    if (strcmp(panel, "background") == 0 || strcmp(panel, "negatives") == 0) return e->side == 0;
    return strcmp(e->class, panel) == 0;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* ---- figures ---- */

static double value[EXAMPLES], sum[EXAMPLES + 1];
static size_t values;

/* The exact curve at x: the losses sorted and added, straight within an example. */
static double curve_at(double x)
{
    double place = x * (double)values;
    size_t i = (size_t)floor(place);

    if (i >= values) return 1;
    return (sum[i] + (place - (double)i) * value[i]) / sum[values];
}

/* The line between the points, straight on the figure's axes, is within 0.001 of the exact curve. */
static void check_line(size_t row, bool logarithmic)
{
    double x0 = point[row - 1].number[X], y0 = point[row - 1].number[Y], x1 = point[row].number[X],
           y1 = point[row].number[Y];

    for (int k = 1; k < 16; k++) {
        double part = k / 16.0, x = logarithmic ? x0 * pow(x1 / x0, part) : x0 + part * (x1 - x0);

        if (!(x > 0) || !(x1 > x0)) continue;
        /* where the curve climbs within less than a pixel, the line may do so anywhere in it */
        expect(y0 + part * (y1 - y0),
               fmin(fmax(y0 + part * (y1 - y0), curve_at(x - 1e-6)), curve_at(x + 1e-6)), 0.001, row,
               "the line");
    }
}

static void check_cumulative(bool hardest_first)
{
    for (size_t row = 0; row < points; row++) {
        bool first = row == 0 || strcmp(point[row].text[PANEL], point[row - 1].text[PANEL]) != 0 ||
                     strcmp(point[row].text[LOSS], point[row - 1].text[LOSS]) != 0 ||
                     point[row].number[GAMMA] != point[row - 1].number[GAMMA];

        if (first) {
            values = 0;
            for (size_t i = 0; i < examples; i++)
                if (in_panel(&example[i], point[row].text[PANEL]))
                    value[values++] = loss_of(&example[i], &point[row]);
            qsort(value, values, sizeof *value, ascending);
            for (size_t i = 0; hardest_first && i < values / 2; i++) {
                double other = value[i];

                value[i] = value[values - 1 - i];
                value[values - 1 - i] = other;
            }
            for (size_t i = 0; i < values; i++) sum[i + 1] = sum[i] + value[i];
        } else {
            check_line(row, hardest_first);
        }
        expect(point[row].number[Y], curve_at(point[row].number[X]), 0.0005, row, "y");
        expect(point[row].number[Z], (double)values, 0, row, "n");
    }
}

/* α of the positives: a number, or what its name says of these data at a γ. */
static double alpha_of(const struct point *p, double gamma)
{
    double n[2] = {0}, loss[2] = {0};

    for (size_t i = 0; i < examples; i++) {
        n[example[i].side]++;
        loss[example[i].side] += pow(example[i].qt, gamma) * example[i].ce;
    }
    if (strcmp(p->text[LABEL], "inverse") == 0) return n[0] / (n[0] + n[1]);
    if (strcmp(p->text[LABEL], "balance") == 0) return loss[0] / (loss[0] + loss[1]);
    return p->number[ALPHA];
}

static void check_share(void)
{
    static const char *const kind[] = {"easy negatives", "hard negatives", "easy positives",
                                       "hard positives"};

    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        bool gradient = strcmp(p->text[PANEL], "gradient") == 0,
             balanced = strncmp(p->text[LOSS], "bal", 3) == 0;
        double gamma = p->number[X], alpha = balanced ? alpha_of(p, gamma) : 1, part[4] = {0}, all = 0,
               up = 0;
        int own = 0;

        for (size_t i = 0; i < examples; i++) {
            const struct example *e = &example[i];
            double v = gradient ? slope_of(e, gamma) : pow(e->qt, gamma) * e->ce;

            if (balanced) v *= e->side ? alpha : 1 - alpha;
            part[2 * e->side + (e->pt < 0.5)] += v;
            all += v;
        }
        while (strcmp(kind[own], p->text[CURVE]) != 0) own++;
        for (int k = 0; k <= own; k++) up += part[k] / all;
        expect(p->number[Y], part[own] / all, 1e-10, row, "the share");
        expect(p->number[Z], up, 1e-10, row, "the sum of shares");
    }
}

/* p_t ≥ edge, by whichever of p_t and 1 − p_t is exact. */
static bool at_least(const struct example *e, double edge)
{
    return edge <= 0 || (e->pt < 0.5 ? e->pt >= edge : edge <= 0.5 || e->qt <= 1 - edge);
}

static void check_mass(void)
{
    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        bool loss = *p->text[LOSS] != '\0';
        double own = 0, all = 0;

        for (size_t i = 0; i < examples; i++) {
            double v = loss ? loss_of(&example[i], p) : 1;

            all += v;
            if (at_least(&example[i], p->number[X]) &&
                (p->number[X_END] >= 1 || !at_least(&example[i], p->number[X_END])))
                own += v;
        }
        expect(p->number[Y], own / all, 1e-10, row, "the share");
        expect(p->number[Z], own, 1e-10 * own, row, "the sum");
    }
}

/* Bands of 1 − p_t; `strip`: of p_t, or of x_t. */
static void check_bands(bool strip, bool of_x)
{
    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        double n = 0, g = 0, all = 0;

        if (strip && strcmp(p->text[PANEL], "examples") != 0) continue;
        for (size_t i = 0; i < examples; i++) {
            const struct example *e = &example[i];
            double v = of_x ? e->xt : strip ? e->pt : e->qt;

            if (!in_panel(e, p->text[CURVE])) continue;
            all++;
            if (v < p->number[X] || (v >= p->number[X_END] && (of_x || p->number[X_END] < 1))) continue;
            n++;
            g += e->qt;
        }
        expect(p->number[Y], n, 0, row, "the count");
        expect(p->number[Z], strip ? n / all : g, 1e-9 * fmax(1, g), row,
               strip ? "the share" : "the sum of g");
    }
}

static void check_calibration(void)
{
    double error = 0;

    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        double n = 0, sum_p = 0, positive = 0, z = 1.959963984540054, share, half;

        if (strcmp(p->text[PANEL], "ECE") == 0) {
            expect(p->number[Y], error / (double)examples, 1e-9, row, "the ECE");
            continue;
        }
        for (size_t i = 0; i < examples; i++) {
            double score = example[i].side ? example[i].pt : example[i].qt;

            if (!(score > p->number[X_END] || (p->number[X_END] <= 0 && score >= 0)) ||
                score > p->number[X_END] + 0.1 + 1e-12)
                continue;
            n++;
            sum_p += score;
            positive += example[i].side;
        }
        share = positive / n;
        half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        expect(p->number[Z], n, 0, row, "the count");
        expect(p->number[X], sum_p / n, 1e-9, row, "the mean of p");
        expect(p->number[Y], share, 1e-12, row, "the share of positives");
        expect(p->number[LOW], fmax(0, (share + z * z / (2 * n)) / (1 + z * z / n) - half), 1e-12, row,
               "low");
        expect(p->number[HIGH], fmin(1, (share + z * z / (2 * n)) / (1 + z * z / n) + half), 1e-12, row,
               "high");
        error += fabs(positive - sum_p);
    }
}

static void check_heatmap(void)
{
    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        double easy = 0, all = 0;

        for (size_t i = 0; i < examples; i++) {
            const struct example *e = &example[i];
            double loss =
                (e->side ? p->number[X_END] : 1 - p->number[X_END]) * pow(e->qt, p->number[X]) * e->ce;

            all += loss;
            if (!e->side && e->pt >= 0.5) easy += loss;
        }
        expect(p->number[Y], easy / all, 1e-10, row, "the share of easy negatives");
        expect(p->number[Z], 100 * easy / all, 1e-8, row, "per cent");
    }
}

static void check_classes(void)
{
    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        double own = 0, all = 0;

        for (size_t i = 0; i < examples; i++) {
            double v = *p->text[LOSS] ? loss_of(&example[i], p) : 1;

            all += v;
            if (strcmp(example[i].class, p->text[LABEL]) == 0) own += v;
        }
        expect(p->number[Y], own / all, 1e-10, row, "the share");
    }
}

/* Figures of formulas; the gradient is y (FL's slope). */
static void check_formulas(bool of_x, bool gradient)
{
    for (size_t row = 0; row < points; row++) {
        const struct point *p = &point[row];
        struct example e = {.side = -1};
        double want;

        if (!*p->text[LOSS]) continue;
        e.xt = of_x ? p->number[X] : log(p->number[X] / (1 - p->number[X]));
        e.pt = of_x ? 1 / (1 + exp(-e.xt)) : p->number[X];
        e.qt = of_x ? 1 / (1 + exp(e.xt)) : 1 - p->number[X];
        e.ce = of_x ? log1p(exp(-e.xt)) : -log(p->number[X]);
        want = loss_of(&e, p);
        if (gradient)
            want = strcmp(p->text[LOSS], "focal-star") == 0
                       ? -1 / (1 + exp(p->number[GAMMA] * e.xt + p->number[BETA]))
                       : -slope_of(&e, isnan(p->number[GAMMA]) ? 0 : p->number[GAMMA]);
        if (isinf(want) && isinf(p->number[Y])) continue;
        expect(p->number[Y], want, 1e-12 * fmax(1, fabs(want)), row, "y");
    }
}

/* ---- the script ---- */

/* The blocks hold the data's rows in their order, in the given columns, to 7 digits. */
static void check_blocks(const char *path, const int *column, bool formulas)
{
    FILE *f = open_file(path);
    char line[1024];
    bool inside = false;
    size_t row = 0;

    while (fgets(line, sizeof line, f)) {
        char *s = line, *end;

        if (line[0] == '$' && strstr(line, " << EOD") && strncmp(line, "$cells", 6) != 0 &&
            strncmp(line, "$contour", 8) != 0) {
            inside = true;
            continue;
        }
        if (strcmp(line, "EOD\n") == 0) inside = false;
        if (!inside) continue;
        while (formulas && row < points && *point[row].text[LOSS]) row++;
        if (row == points) {
            printf("more rows in the script's blocks than in the data\n");
            failures++;
            break;
        }
        for (int c = 0; column[c]; c++, s = end) {
            double want = point[row].number[column[c]], got = strtod(s, &end);

            if (*s == ' ') s++;
            if (*s == '?') got = NAN, end = s + 1;
            expect(got, want, 1e-6 * fabs(want), row, "in the script's block");
        }
        row++;
    }
    while (formulas && row < points && *point[row].text[LOSS]) row++;
    if (row < points) {
        printf("the script's blocks hold %zu rows of %zu\n", row, points);
        failures++;
    }
    fclose(f);
}

static void check_lowest_first(void)
{
    check_cumulative(false);
}

static void check_hardest_first(void)
{
    check_cumulative(true);
}

static void check_density(void)
{
    check_bands(false, false);
}

static void check_fig1(void)
{
    check_formulas(false, false);
    check_bands(true, false);
}

static void check_fig5(void)
{
    check_formulas(true, false);
    check_bands(true, true);
}

static void check_fig6(void)
{
    check_formulas(true, true);
    check_bands(true, true);
}

static const struct check {
    const char *figure;
    int column[8]; /* of the blocks */
    bool formulas;
    void (*numbers)(void);
} check_table[] = {
    {"fig1", {X, X_END, Y}, true, check_fig1},
    {"fig4", {X, Y}, false, check_lowest_first},
    {"fig5", {X, X_END, Y}, true, check_fig5},
    {"fig6", {X, X_END, Y}, true, check_fig6},
    {"fig7", {X, Y}, true, check_fig5},
    {"share", {X, Y, Z}, false, check_share},
    {"mass", {X, X_END, Y}, false, check_mass},
    {"density", {X, X_END, Y, Z}, false, check_density},
    {"classes", {X, Y}, false, check_classes},
    {"calibration", {X, X_END, Z, Y, LOW, HIGH}, false, check_calibration},
    {"heatmap", {X, X_END, Z}, false, check_heatmap},
    {"concentration", {X, Y}, false, check_hardest_first},
};

int main(int argc, char **argv)
{
    size_t i = 0;

    if (argc != 6) return 2;
    while (i < sizeof check_table / sizeof *check_table && strcmp(check_table[i].figure, argv[1]) != 0) i++;
    if (i == sizeof check_table / sizeof *check_table) return printf("no check for %s\n", argv[1]), 2;
    read_points(argv[3]);
    read_sample(argv[5], strcmp(argv[2], "logit") == 0);
    if (points < 6) return printf("%zu rows of data\n", points), 1;
    check_table[i].numbers();
    check_blocks(argv[4], check_table[i].column, check_table[i].formulas);
    if (failures) printf("%s: %d differences\n", argv[1], failures);
    return failures > 0;
}
