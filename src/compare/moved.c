/* moved.c: the examples whose loss differs most between the first model and each other one */
#include "compare/moved.h"

#include "compare/letters.h"
#include "loss/tail.h"
#include "rows/choice.h"
#include "rows/kept.h"
#include "rows/row_table.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum direction { BETTER, WORSE, DIRECTIONS };
static const char *const direction_name[DIRECTIONS] = {"better", "worse"};

/* The columns behind the kept ones; M_CLASS where a row has several examples. */
enum {
    M_MODEL,
    M_CHANGE,
    M_ROW,
    M_LABEL,
    M_CLASS,
    M_FIRST_PT,
    M_PT,
    M_FIRST_LOSS,
    M_LOSS,
    M_DIFF,
    M_COLUMNS
};
static const struct column own_column[M_COLUMNS] = {
    {"model", "model"}, {"change", "change"},         {"row", "row"}, {"label", "label"},
    {"class", "class"}, {"baseline_p_t", "p_t of A"}, {"p_t", "p_t"}, {"baseline_loss", "loss of A"},
    {"loss", "loss"},   {"diff_loss", "difference"},
};

struct moved_worker {
    struct choice *choice; /* [models − 1][DIRECTIONS] */
    struct batch_row row;  /* where it is in the batch that is read for texts */
    const struct batch *batch;
    struct value *cell; /* [columns] */
    struct string texts;
};

struct moved {
    const struct model *model;
    size_t models;
    const struct row_loss *loss;
    struct moved_worker *worker;
    unsigned workers;
    char **letter; /* [models] */
    pthread_mutex_t lock;
    /* once the first examples are there: */
    struct column *column; /* [keeps + M_COLUMNS], without M_CLASS where there is none */
    struct column_fit *fit;
    size_t keeps, columns;
    bool has_class, known;
};

struct moved *moved_open(const struct model *model, size_t models, const struct row_loss *loss, uint64_t most,
                         unsigned workers)
{
    struct moved *m = mem_alloc(1, sizeof *m);

    *m = (struct moved){.model = model, .models = models, .loss = loss, .workers = workers};
    pthread_mutex_init(&m->lock, NULL);
    m->worker = mem_alloc(workers, sizeof *m->worker);
    for (unsigned w = 0; w < workers; w++) {
        m->worker[w].choice = mem_alloc((models - 1) * DIRECTIONS, sizeof *m->worker[w].choice);
        for (size_t i = 0; i < (models - 1) * DIRECTIONS; i++)
            choice_open(&m->worker[w].choice[i], most, false, i % DIRECTIONS == BETTER);
    }
    m->letter = mem_alloc(models, sizeof *m->letter);
    for (size_t i = 0; i < models; i++) {
        struct string letter = {0};

        add_letter(i, &letter);
        m->letter[i] = letter.text;
    }
    return m;
}

void moved_free(struct moved *m)
{
    if (!m) return;
    for (unsigned w = 0; w < m->workers; w++) {
        for (size_t i = 0; i < (m->models - 1) * DIRECTIONS; i++) choice_close(&m->worker[w].choice[i]);
        free(m->worker[w].choice);
        free(m->worker[w].cell);
        batch_row_free(&m->worker[w].row);
        string_free(&m->worker[w].texts);
    }
    free(m->worker);
    for (size_t i = 0; i < m->models; i++) free(m->letter[i]);
    free(m->letter);
    for (size_t i = 0; i < m->columns; i++) free((void *)(uintptr_t)m->column[i].name);
    free(m->column);
    free(m->fit);
    pthread_mutex_destroy(&m->lock);
    free(m);
}

static void name_columns(struct moved *m, const struct columns *in)
{
    enum task task = m->model->facts.task;

    m->has_class = task == TASK_SIGMOID || task == TASK_MULTILABEL;
    m->column = mem_alloc(in->keeps + M_COLUMNS, sizeof *m->column);
    m->fit = mem_alloc(in->keeps + M_COLUMNS, sizeof *m->fit);
    for (m->keeps = 0; m->keeps < in->keeps; m->keeps++) {
        char *name = kept_name(in, m->keeps);

        m->column[m->keeps] = (struct column){name, name};
        m->fit[m->keeps].shorten = 12;
    }
    m->columns = m->keeps;
    m->fit[m->keeps + M_MODEL] =
        (struct column_fit){.leave_out = m->models > 2 ? 1 : COLUMN_DISPENSABLE, .shorten = 12};
    for (int i = 0; i < M_COLUMNS; i++) {
        if (i == M_CLASS && !m->has_class) continue;
        m->column[m->columns++] =
            (struct column){kept_other_name(m->column, m->keeps, own_column[i].name), own_column[i].heading};
    }
    m->known = true;
}

/* Goes on to a row of the batch, which is not before the one where it is. */
static void go_to(struct moved_worker *w, const struct matched *m, uint32_t row)
{
    if (w->batch != m->batch) batch_first(m->batch, &w->row);
    w->batch = m->batch;
    while (w->row.number < m->batch->row + row && batch_next(&w->row)) continue;
}

/* An example, of a model beside the first one. */
struct move {
    size_t model, at; /* its number among the matched */
    int side;
    double first_loss, loss;
};

static void put_cells(struct moved *all, struct moved_worker *w, const struct matched *m,
                      const struct move *e)
{
    const struct facts *f = &all->model->facts;
    const struct file_schema *schema = m->batch->file->meaning;
    const char *class = f->class_name[facts_class(f, m->part[e->at])];
    struct value *cell = w->cell;

    w->texts.size = 0;
    if (all->keeps) go_to(w, m, m->row[e->at]);
    for (size_t i = 0; i < all->keeps; i++) *cell++ = kept_cell(&w->row, schema->columns.keep[i], &w->texts);
    kept_settle(w->cell, 1, all->columns, all->keeps, w->texts.text);
    *cell++ = value_count(e->model);
    *cell++ = value_text(direction_name[e->loss > e->first_loss ? WORSE : BETTER]);
    *cell++ = value_count(m->batch->row + m->row[e->at] + 1);
    *cell++ = f->task == TASK_SOFTMAX ? value_text(class) : value_count((uint64_t)e->side);
    if (all->has_class) *cell++ = value_text(class);
    *cell++ = value_number(tail_pt(m->tail[0][e->at]));
    *cell++ = value_number(tail_pt(m->tail[e->model][e->at]));
    *cell++ = value_number(e->first_loss);
    *cell++ = value_number(e->loss);
    *cell++ = value_number(e->loss - e->first_loss);
}

static void choose(struct moved *all, struct moved_worker *w, const struct matched *m, const struct move *e)
{
    double change = e->loss - e->first_loss;
    struct choice *c = &w->choice[(e->model - 1) * DIRECTIONS + (change > 0 ? WORSE : BETTER)];
    struct chosen chosen = {.key = change,
                            .row = m->batch->row + m->row[e->at],
                            .class = facts_class(&all->model->facts, m->part[e->at])};
    size_t place;

    if (!(change < 0 || change > 0)) return;
    if (!choice_wants(c, "", 0, change, chosen.row, chosen.class, &place)) return;
    put_cells(all, w, m, e);
    chosen.cell = w->cell;
    choice_take(c, place, &chosen, all->columns, all->keeps);
}

void moved_take(struct moved *all, unsigned worker, const struct matched *m, size_t from, size_t n,
                const int *side, const double *value, size_t stride)
{
    struct moved_worker *w = &all->worker[worker];

    pthread_mutex_lock(&all->lock);
    if (!all->known) name_columns(all, &((const struct file_schema *)m->batch->file->meaning)->columns);
    pthread_mutex_unlock(&all->lock);
    if (!w->cell) w->cell = mem_alloc(all->columns, sizeof *w->cell);
    if (!from) w->batch = NULL; /* it may be another one at the same place */
    for (size_t i = 0; i < n; i++) {
        double factor = row_factor(all->loss, side[i]);

        for (size_t k = 1; k < all->models && factor > 0; k++) {
            const struct move e = {k, from + i, side[i], factor * value[i], factor * value[k * stride + i]};

            choose(all, w, m, &e);
        }
    }
}

void moved_table(struct moved *all, bool letters, struct table *out)
{
    struct choice *choice = all->worker->choice;

    table_init(out, all->column, all->columns);
    out->fit = all->fit;
    for (size_t i = 0; i < (all->models - 1) * DIRECTIONS; i++) {
        struct chosen *row;
        size_t count;

        for (unsigned w = 1; w < all->workers; w++) choice_merge(&choice[i], &all->worker[w].choice[i]);
        row = choice_sorted(&choice[i], choice[i].most, &count);
        for (size_t r = 0; r < count; r++) {
            struct value *cell = table_row(out);
            size_t model = i / DIRECTIONS + 1;

            memcpy(cell, row[r].cell, all->columns * sizeof *cell);
            cell[all->keeps + M_MODEL] = value_text(letters ? all->letter[model] : all->model[model].name);
        }
        free(row);
    }
}
