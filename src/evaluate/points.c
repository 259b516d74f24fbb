/* points.c: the points that stand for the rows of cells, for curves and bands */
#include "evaluate/internal.h"
#include "loss/tail.h"

#include <math.h>

size_t measure_points_of(const struct cell *c, struct point out[2])
{
    double w = c->sum[0], mean = c->sum[1] / w, second = c->sum[2] / w, variance = second - mean * mean,
           sigma, skew, root;

    out[0] = (struct point){.place = mean, .weight = w};
    if (c->count < 2 || variance < 1e-11) return 1;
    sigma = sqrt(variance);
    skew = (c->sum[3] / w - 3 * mean * second + 2 * mean * mean * mean) / (variance * sigma);
    root = sqrt(skew * skew + 4);
    for (int i = 0; i < 2; i++) {
        double side = i ? 1 : -1;

        out[i].place = fmin(1, fmax(-1, mean + sigma * (skew + side * root) / 2));
        out[i].weight = w * (1 - side * skew / root) / 2;
    }
    return 2;
}

double *measure_array(size_t n)
{
    return mem_alloc(n + SWEEP_PAD, sizeof(double));
}

/* Cells whose rows are many come together by four bins, for the curves: their points' first moments make two.
   Returns how many cells were taken: 0 where they are few, or a cut parts them. */
static size_t points_of_many(const struct measure *m, size_t first, struct point out[2])
{
    enum { TOGETHER = 4, MANY = 256 };
    const struct cell *c = &m->cell[first];
    double weight = 0, mean = 0, second = 0, third = 0, centre = fabs(bin_tail(c->bin, 0)), sigma, skew, root;
    uint64_t rows = 0;
    size_t n = 0;

    if (m->kind[first] != BIN_EASY && m->kind[first] != BIN_HARD) return 0;
    for (; first + n < m->count && c[n].bin / TOGETHER == c->bin / TOGETHER && c[n].part == c->part; n++) {
        struct point p[2];
        size_t points = measure_points_of(&c[n], p);

        if (c[n].cut || (n && c[n].bin == c[n - 1].bin)) return 0;
        rows += c[n].count;
        for (size_t k = 0; k < points; k++) {
            double x = fabs(bin_tail(c[n].bin, p[k].place)) / centre - 1;

            weight += p[k].weight;
            mean += p[k].weight * x;
            second += p[k].weight * x * x;
            third += p[k].weight * x * x * x;
        }
    }
    mean /= weight;
    second = second / weight - mean * mean;
    if (rows < MANY || n < 2 || !(second > 1e-12)) return 0;
    sigma = sqrt(second);
    skew = (third / weight - 3 * mean * second - mean * mean * mean) / (second * sigma);
    root = sqrt(skew * skew + 4);
    for (int i = 0; i < 2; i++) {
        double side = i ? 1 : -1, tail = centre * (1 + mean + sigma * (skew + side * root) / 2);

        out[i] = (struct point){.tail = m->kind[first] == BIN_HARD ? -tail : tail,
                                .weight = weight * (1 - side * skew / root) / 2};
    }
    return n;
}

/* Where each part's points begin. */
static void parts_find(struct measure *m)
{
    size_t i = 0;

    for (size_t p = 0; p <= m->parts; p++) {
        while (i < m->points && m->cell[m->point[i].cell].part < p) i++;
        m->part_first[p] = p == m->parts ? m->points : i;
    }
}

void measure_points(struct measure *m)
{
    size_t room = 2 * m->count;

    m->point = mem_alloc(room + 1, sizeof *m->point);
    m->part_first = mem_alloc(m->parts + 1, sizeof *m->part_first);
    m->end_point = mem_alloc(room + 1, sizeof *m->end_point);
    for (int k = 0; k < LOSS_TERMS; k++) m->term[k] = measure_array(room);
    m->weight = measure_array(room);
    for (size_t i = 0, cells; i < m->count; i += cells) {
        struct point p[2];
        size_t n = 2;
        bool falling = m->kind[i] == BIN_EASY || m->kind[i] == BIN_FAR_HARD;

        cells = points_of_many(m, i, p);
        if (!cells) {
            cells = 1;
            n = measure_points_of(&m->cell[i], p);
            for (size_t k = 0; k < n; k++) p[k].tail = bin_tail(m->cell[i].bin, p[k].place);
        }
        for (size_t k = 0; k < n; k++, m->points++) {
            struct point *q = &m->point[m->points];

            *q = p[falling ? n - 1 - k : k];
            q->cell = (uint32_t)i;
            if (measure_is_end(m->kind[i])) m->end_point[m->end_points++] = m->points;
            loss_points_put(m->term, m->points, measure_is_end(m->kind[i]) ? 0.5 : q->tail);
            m->weight[m->points] = q->weight;
        }
    }
    parts_find(m);
}

const double *measure_values(struct measure *m)
{
    loss_lanes *lanes = loss_lanes_best(m->at.loss->vector);

    if (m->value_made) return m->value;
    m->value_made = true;
    if (lanes)
        lanes(&(struct loss_points){{m->term[0], m->term[1], m->term[2], m->term[3], m->term[4]}},
              (m->points + LOSS_LANES - 1) / LOSS_LANES * LOSS_LANES, m->at.param, m->value, NULL);
    for (size_t k = 0; k < (lanes ? m->end_points : m->points); k++) {
        size_t i = lanes ? m->end_point[k] : k;

        m->value[i] = setting_value(&m->at, m->point[i].tail, m->side[m->cell[m->point[i].cell].part]);
    }
    return m->value;
}
