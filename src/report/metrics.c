/* metrics.c: the measures of the whole, of groups and of classes, as a table */
#include "report/metrics.h"

#include "evaluate/metrics.h"

#include <math.h>
#include <stdlib.h>

static const struct column metric_column[M_COLUMNS] = {
    {"group", "group"},   {"class", "class"}, {"level", "level"},
    {"metric", "metric"}, {"value", "value"}, {"bound", "bound"},
};

/* One group being measured, or all. */
struct measured {
    const struct facts *facts;
    const int *side; /* [facts->parts] */
    const char *group, *level;
    bool by_class;
    double clip;                    /* 0: no p_t was raised */
    struct predictions predictions; /* of softmax */
    struct table *out;
};

/* The measure of softmax by the class of the largest score; false where there is none. */
static bool predicted_value(const struct measured *m, const struct metric *metric, ptrdiff_t class,
                            double *out)
{
    const struct predictions *p = &m->predictions;

    if (!p->classes || !(class < 0 ? metric->of_all != NULL : metric->of_class != NULL)) return false;
    *out = class < 0 ? metric->of_all(p) : metric->of_class(p, (size_t) class);
    return true;
}

/* class: −1 of all. */
static void put_metrics(const struct measured *m, ptrdiff_t class, const struct metric_sums *s)
{
    const char *name = class < 0 ? NULL : m->facts->class_name[class];

    for (size_t i = 0; i < metric_count; i++) {
        const struct metric *metric = &metric_table[i];
        double value = NAN;
        struct value *row;

        if (metric->scored && m->facts->task == TASK_SOFTMAX) {
            if (!predicted_value(m, metric, class, &value)) continue;
        } else {
            value = metric->value(s);
        }
        if (metric->over_classes && (name || !m->by_class)) continue;
        row = table_row(m->out);
        row[M_GROUP] = value_text(m->group);
        row[M_CLASS] = value_text(name);
        row[M_LEVEL] = value_text(name ? "class" : m->level);
        row[M_METRIC] = value_text(metric->name);
        row[M_VALUE] = value_number(value);
        row[M_BOUND] = value_number(metric->bound ? metric->bound(s) : NAN);
    }
}

/* Of each class; of softmax, one is as prevalent as its examples are among all. */
static struct metric_sums *measure_classes(const struct measured *m, const struct cells *cells, double all)
{
    const struct facts *f = m->facts;
    size_t parts = f->parts / f->classes;
    struct metric_sums *out = mem_alloc(f->classes, sizeof *out);
    struct cell *own = mem_alloc(cells->count, sizeof *own);

    for (size_t k = 0, at = 0; k < f->classes; k++) {
        size_t n = 0;

        for (; at < cells->count && cells->cell[at].part < (k + 1) * parts; at++, n++) {
            own[n] = cells->cell[at];
            own[n].part -= (uint32_t)(k * parts);
        }
        metrics_sums(own, n, parts, m->side + k * parts, f->task != TASK_SOFTMAX, m->clip, &out[k]);
        if (f->task == TASK_SOFTMAX) out[k].prevalence = out[k].all / all;
    }
    free(own);
    return out;
}

/* The mean over the classes that have examples. */
static double classwise_ece(const struct metric_sums *class, size_t classes)
{
    double sum = 0, count = 0;

    for (size_t k = 0; k < classes; k++)
        if (class[k].all > 0) {
            sum += class[k].ece;
            count++;
        }
    return sum / count;
}

static void put_scope(const struct measured *m, const struct cells *cells)
{
    const struct facts *f = m->facts;
    struct metric_sums s, *class = NULL;

    metrics_sums(cells->cell, cells->count, f->parts, m->side, f->task != TASK_SOFTMAX, m->clip, &s);
    if (m->by_class) {
        class = measure_classes(m, cells, s.all);
        s.classwise_ece = classwise_ece(class, f->classes);
    }
    put_metrics(m, -1, &s);
    for (size_t k = 0; m->by_class && k < f->classes; k++) put_metrics(m, (ptrdiff_t)k, &class[k]);
    free(class);
}

bool metrics_build(const struct analysis *a, const struct tally *tally, struct table *out, struct diag *d)
{
    const struct facts *f = &tally->facts;
    struct measured m = {.facts = f, .out = out, .by_class = a->by_class};
    struct cells cells;
    int *side;

    table_init(out, metric_column, M_COLUMNS);
    if (!analysis_check_classes(a, f, d)) return false;
    m.side = side = mem_alloc(f->parts, sizeof *side);
    for (size_t p = 0; p < f->parts; p++) side[p] = facts_side(f, p);
    for (size_t g = 0; f->grouped && g < f->group_count; g++) {
        const struct group *group = &f->groups[f->group_order[g]];

        m.group = group->name;
        m.level = "group";
        m.clip = group->counts.clipped ? f->clip : 0;
        cells = cells_of_group(tally, g);
        predictions_of(tally, (ptrdiff_t)g, &m.predictions);
        put_scope(&m, &cells);
        predictions_free(&m.predictions);
        cells_free(&cells);
    }
    m.group = f->grouped ? "TOTAL" : NULL;
    m.level = "total";
    m.clip = f->counts.clipped ? f->clip : 0;
    cells = cells_of_all(tally);
    predictions_of(tally, -1, &m.predictions);
    put_scope(&m, &cells);
    predictions_free(&m.predictions);
    cells_free(&cells);
    free(side);
    return true;
}
