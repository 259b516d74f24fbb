/* row_table.c: the columns of the lines that rows are written as, and what a row has in them */
#include "rows/row_table.h"

#include "loss/tail.h"
#include "rows/kept.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const field_name[FIELDS] = {"p_t", "x_t", "p", "label", "class", "weight", "group"};

static char *gradient_name(const struct row_loss *l)
{
    struct string name = {0};

    string_printf(&name, "%s_grad", l->name);
    return name.text;
}

const char **row_fields(const struct rows_request *q, size_t *count)
{
    const char **name = mem_alloc(FIELDS + 2 * q->losses, sizeof *name);

    for (size_t i = 0; i < FIELDS; i++) name[i] = mem_copy(field_name[i], strlen(field_name[i]));
    for (size_t i = 0; i < q->losses; i++) {
        name[FIELDS + 2 * i] = mem_copy(q->loss[i].name, strlen(q->loss[i].name));
        name[FIELDS + 2 * i + 1] = gradient_name(&q->loss[i]);
    }
    *count = FIELDS + 2 * q->losses;
    return name;
}

void row_fields_free(const char **name, size_t count)
{
    for (size_t i = 0; i < count; i++) free((void *)(uintptr_t)name[i]);
    free(name);
}

double row_factor(const struct row_loss *l, int side)
{
    if (isnan(l->alpha)) return 1;
    return side == 0 ? 1 - l->alpha : l->alpha;
}

void row_losses(struct row_view *view)
{
    for (size_t i = 0; i < view->request->losses; i++) {
        const struct row_loss *l = &view->request->loss[i];
        double factor = row_factor(l, view->side);

        view->value[2 * i] = factor > 0 ? factor * setting_value(&l->setting, &view->terms, view->side) : 0;
        view->value[2 * i + 1] =
            factor > 0 ? factor * setting_slope(&l->setting, &view->terms, view->side) : 0;
    }
}

/* The group's text: the input's, or the file's name. */
static struct where_value group_of(const struct row_view *view, char scratch[NUMBER_SIZE])
{
    ptrdiff_t by = view->schema->columns.by;
    struct field f = {.text = view->schema->file, .size = strlen(view->schema->file)};

    if (by >= 0 && view->text) f = row_text(view->text, (size_t)by, scratch);
    return (struct where_value){0, f.text, f.size};
}

void row_values(const struct row_view *view, struct where_value *out, char scratch[NUMBER_SIZE])
{
    const struct facts *f = view->facts;
    const char *class = f->class_name[view->class];
    const struct tail_terms *t = &view->terms;

    out[FIELD_P_T] = (struct where_value){(double)t->p, NULL, 0};
    out[FIELD_X_T] = (struct where_value){tail_xt((double)t->tail), NULL, 0};
    out[FIELD_P] = (struct where_value){(double)(view->side == 0 ? t->q : t->p), NULL, 0};
    out[FIELD_CLASS] = (struct where_value){0, class, strlen(class)};
    out[FIELD_LABEL] = f->task == TASK_SOFTMAX ? out[FIELD_CLASS] : (struct where_value){view->side, NULL, 0};
    out[FIELD_WEIGHT] = (struct where_value){view->weight, NULL, 0};
    out[FIELD_GROUP] = group_of(view, scratch);
    for (size_t i = 0; i < 2 * view->request->losses; i++)
        out[FIELDS + i] = (struct where_value){view->value[i], NULL, 0};
}

/* A column of our own. */
static void add_column(struct row_columns *c, const char *name)
{
    char *own = kept_other_name(c->column, c->keeps, name);

    c->column[c->count++] = (struct column){own, own};
}

void row_columns_open(struct row_columns *c, const struct rows_request *q, const struct facts *facts,
                      const struct file_schema *schema, bool shares)
{
    const struct columns *in = &schema->columns;

    *c = (struct row_columns){.keeps = in->keeps};
    c->column = mem_alloc(in->keeps + 8 + 2 * q->losses, sizeof *c->column);
    for (; c->count < in->keeps; c->count++) {
        char *name = kept_name(in, c->count);

        c->column[c->count] = (struct column){name, name};
    }
    add_column(c, "row");
    if (q->where_from) add_column(c, "file");
    if (q->where_from) add_column(c, "line");
    add_column(c, "label");
    if (facts->task == TASK_SIGMOID || facts->task == TASK_MULTILABEL) add_column(c, "class");
    add_column(c, "p_t");
    for (size_t i = 0; i < q->losses; i++) {
        char *gradient = gradient_name(&q->loss[i]);

        add_column(c, q->loss[i].name);
        add_column(c, gradient);
        free(gradient);
    }
    if (shares) add_column(c, "share");
    if (shares) add_column(c, "running_share");
    c->kind = mem_alloc(c->count, sizeof *c->kind);
    c->fit = mem_alloc(c->count, sizeof *c->fit);
    for (size_t i = 0; i < c->keeps; i++) c->fit[i].shorten = 12;
    for (size_t i = 0; i < q->losses; i++) /* gradients go first, of the last loss before those of others */
        c->fit[c->count - 1 - 2 * shares - 2 * i].leave_out =
            (unsigned char)(COLUMN_DISPENSABLE + 50 - i % 50);
    for (size_t i = 0; i < c->keeps; i++) c->kind[i] = value_text("");
    if (q->where_from) c->kind[c->keeps + 1] = value_text("");
    if (facts->task == TASK_SOFTMAX) c->kind[c->keeps + (q->where_from ? 3 : 1)] = value_text("");
    if (facts->task == TASK_SIGMOID || facts->task == TASK_MULTILABEL)
        c->kind[c->keeps + (q->where_from ? 4 : 2)] = value_text("");
}

void row_columns_free(struct row_columns *c)
{
    for (size_t i = 0; i < c->count; i++) free((void *)(uintptr_t)c->column[i].name);
    free(c->column);
    free(c->kind);
    free(c->fit);
    *c = (struct row_columns){0};
}

void row_cells(const struct row_columns *c, const struct row_view *view, struct value *cell,
               struct string *texts)
{
    const struct rows_request *q = view->request;
    const struct facts *f = view->facts;
    size_t n = 0;

    for (; n < c->keeps; n++) cell[n] = kept_cell(view->text, view->schema->columns.keep[n], texts);
    cell[n++] = value_count(view->number + 1);
    if (q->where_from) cell[n++] = value_text(view->schema->file);
    if (q->where_from) cell[n++] = value_count(view->line);
    if (view->empty) return;
    if (f->task == TASK_SOFTMAX)
        cell[n++] = value_text(f->class_name[view->class]);
    else
        cell[n++] = value_count((uint64_t)view->side);
    if (f->task == TASK_SIGMOID || f->task == TASK_MULTILABEL)
        cell[n++] = value_text(f->class_name[view->class]);
    cell[n++] = value_number((double)view->terms.p);
    for (size_t i = 0; i < 2 * q->losses; i++) cell[n++] = value_number(view->value[i]);
}
