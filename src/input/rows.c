/* rows.c: rows of fields to examples */
#include "input/rows.h"

#include "base/number.h"
#include "loss/tail.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 8192 };

bool rows_bad(struct rows *r, struct diag *d, const char *format, ...)
{
    char what[700];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    r->facts->counts.bad++;
    r->facts->groups[r->group_now].counts.bad++;
    if (!r->in->skip_bad) return diag_fail(d, STATUS_DATA, "%s:%llu: %s", r->file, (unsigned long long)r->line, what);
    if (r->in->progress != 0 && r->said++ < 5) diag_say("%s:%llu: %s (left out)", r->file, (unsigned long long)r->line, what);
    return true;
}

static void open_classes(struct rows *r)
{
    static const char *const side[] = {"negative", "positive"};
    struct facts *f = r->facts;

    f->classes = f->task == TASK_BINARY ? 2 : r->columns.scores;
    if (f->task != TASK_BINARY) {
        f->class_name = columns_classes(&r->columns);
        return;
    }
    f->class_name = mem_alloc(2, sizeof *f->class_name);
    for (int i = 0; i < 2; i++) f->class_name[i] = mem_copy(side[i], strlen(side[i]));
}

static bool choose_task(struct rows *r, struct diag *d)
{
    const struct columns *c = &r->columns;
    enum task task = r->in->task;

    if (task == TASK_AUTO) task = c->labels > 1 ? TASK_MULTILABEL : c->scores > 1 ? TASK_SOFTMAX : TASK_BINARY;
    if (task == TASK_BINARY && c->scores > 1)
        return diag_fail(d, STATUS_USAGE, "%s: --task binary takes one column of scores, and there are %zu", r->file, c->scores);
    if (task == TASK_SOFTMAX && c->scores < 2)
        return diag_fail(d, STATUS_USAGE, "%s: --task softmax needs a column of scores for each class", r->file);
    if (task == TASK_MULTILABEL ? c->labels != c->scores : c->labels > 1)
        return diag_fail(d, STATUS_USAGE, "%s: multilabel takes a column of labels for each of scores", r->file);
    r->facts->task = task;
    return true;
}

bool rows_open(struct rows *r, struct diag *d)
{
    struct facts *f = r->facts;
    const struct columns *c = &r->columns;

    if (!choose_task(r, d)) return false;
    open_classes(r);
    f->logits = c->logits;
    f->header = c->header;
    f->clip = r->in->clip >= 0 ? r->in->clip : c->logits ? 0 : 0x1p-52;
    columns_list(c, c->score, c->scores, &f->score);
    columns_list(c, c->label, c->labels, &f->label);
    if (c->weight >= 0) columns_list(c, &(size_t){(size_t)c->weight}, 1, &f->weight);
    if (c->by >= 0) columns_list(c, &(size_t){(size_t)c->by}, 1, &f->by);
    f->weighted = c->weight >= 0;
    f->grouped = c->by >= 0 || r->in->by_file;
    f->background = -1;
    if (!labels_open(&r->labels, r->in, f->task == TASK_BINARY || f->task == TASK_MULTILABEL, f->class_name, f->classes,
                     &f->background, d))
        return false;
    f->parts = f->task == TASK_SOFTMAX ? f->classes : 2;
    r->room = BLOCK;
    r->tail = mem_alloc(r->room, sizeof *r->tail);
    r->part = mem_alloc(r->room, sizeof *r->part);
    if (f->weighted) r->weight = mem_alloc(r->room, sizeof *r->weight);
    if (f->grouped) r->group = mem_alloc(r->room, sizeof *r->group);
    r->score = mem_alloc(c->scores, sizeof *r->score);
    r->sink.begin(r->sink.context, f, 1);
    return true;
}

void rows_flush(struct rows *r)
{
    struct examples e = {r->n, r->tail, r->part, r->weight, r->group};

    if (r->n) r->sink.take(r->sink.context, 0, &e);
    r->n = 0;
}

void rows_close(struct rows *r)
{
    columns_free(&r->columns);
    labels_free(&r->labels);
    keymap_free(&r->groups);
    free(r->tail);
    free(r->weight);
    free(r->part);
    free(r->group);
    free(r->score);
}

/* A number in the field, with the decimal sign that was asked for. */
static bool field_number(const struct rows *r, const struct field *f, double *x)
{
    char text[64];

    if (r->in->decimal != ',' || !memchr(f->text, ',', f->size) || f->size >= sizeof text)
        return number_parse(f->text, f->size, x);
    memcpy(text, f->text, f->size);
    *(char *)memchr(text, ',', f->size) = '.';
    return number_parse(text, f->size, x);
}

static bool bad_field(struct rows *r, const struct row *row, size_t column, struct diag *d, const char *what)
{
    char shown[DIAG_SHOWN], name[DIAG_SHOWN];
    const struct field *f = &row->field[column];

    return rows_bad(r, d, "column %s: %s %s", columns_shown(&r->columns, column, name), diag_shown(shown, f->text, f->size), what);
}

enum taken { TAKEN, LEFT_OUT, FAILED };

static enum taken take_score(struct rows *r, const struct row *row, size_t column, double *out, struct diag *d)
{
    const struct field *f = &row->field[column];
    const char *wrong = NULL;
    double x = 0;

    if (f->size == 0)
        wrong = "is empty: a score is wanted";
    else if (!field_number(r, f, &x))
        wrong = "is not a number";
    else if (isnan(x))
        wrong = "is no score";
    else if (!r->columns.logits && (x < -1e-6 || x > 1 + 1e-6))
        wrong = "is no probability (0 to 1): if these are logits, say so with --logit";
    if (wrong) return bad_field(r, row, column, d, wrong) ? LEFT_OUT : FAILED;
    if (!r->columns.logits && (x < 0 || x > 1)) {
        x = x < 0 ? 0 : 1;
        r->facts->counts.clamped++;
    }
    *out = x;
    return TAKEN;
}

static void put(struct rows *r, double tail, uint32_t part, double weight, int side)
{
    struct counts *all = &r->facts->counts, *own = &r->facts->groups[r->group_now].counts;

    if (tail_clip(&tail, r->facts->clip)) all->clipped++, own->clipped++;
    all->examples++, own->examples++;
    if (side == 1) all->positives++, own->positives++;
    if (side == 0) all->negatives++, own->negatives++;
    if (weight == 0) {
        all->zero_weight++;
        return;
    }
    if (r->n == r->room) rows_flush(r);
    r->tail[r->n] = tail;
    r->part[r->n] = part;
    if (r->weight) r->weight[r->n] = weight;
    if (r->group) r->group[r->n] = r->group_now;
    r->n++;
}

static double tail_of(const struct rows *r, double x, bool positive)
{
    return r->columns.logits ? tail_of_xt(positive ? x : -x) : tail_of_prob(x, positive);
}

/* x_t = z_t − log Σ_{k ≠ t} e^{z_k}: p_t and 1 − p_t both stay accurate at any size of the logits. */
static double softmax_xt(const double *z, size_t count, size_t t)
{
    double most = -INFINITY, sum = 0;

    for (size_t k = 0; k < count; k++)
        if (k != t && z[k] > most) most = z[k];
    if (isinf(most)) return most < 0 ? INFINITY : z[t] == most ? NAN : -INFINITY;
    for (size_t k = 0; k < count; k++)
        if (k != t) sum += exp(z[k] - most);
    return (z[t] - most) - log(sum);
}

static double renormalized(const double *p, size_t count, size_t t)
{
    double rest = 0;

    for (size_t k = 0; k < count; k++) rest += k == t ? 0 : p[k];
    if (p[t] == 0) return -INFINITY;
    return p[t] >= rest ? rest / (p[t] + rest) : -p[t] / (p[t] + rest);
}

static bool take_softmax(struct rows *r, const struct row *row, size_t class, double weight, struct diag *d)
{
    size_t count = r->columns.scores;
    bool all = r->columns.logits || r->in->renormalize || r->in->check_rows || r->row < 1000 || r->row % 64 == 0;
    double sum = 0, tail;

    for (size_t k = 0; k < count; k++) {
        enum taken had;

        if (!all && k != class) continue;
        had = take_score(r, row, r->columns.score[k], &r->score[k], d);
        if (had != TAKEN) return had == LEFT_OUT;
        sum += r->score[k];
    }
    if (r->columns.logits) {
        double xt = softmax_xt(r->score, count, class);

        if (isnan(xt)) return rows_bad(r, d, "these logits have no softmax: infinity less infinity");
        tail = tail_of_xt(xt);
    } else if (r->in->renormalize) {
        if (!(sum > 0)) return rows_bad(r, d, "the probabilities of this row are all 0");
        tail = renormalized(r->score, count, class);
    } else {
        if (all && fabs(sum - 1) > 0.01)
            return rows_bad(r, d, "the probabilities of this row add to %.6g, not 1: --renormalize divides them, --logit is for logits", sum);
        tail = tail_of_pt(r->score[class]);
    }
    put(r, tail, (uint32_t)class, weight, facts_side(r->facts, class));
    r->facts->counts.rows_used++;
    return true;
}

/* The class or side of a label; "c3" or "class_3" is class 3 where no class has such a name. */
static int32_t label_of(const struct rows *r, const struct field *f)
{
    int32_t class = labels_of_text(&r->labels, f->text, f->size);
    size_t letters = 0;

    if (class != LABEL_BAD || r->facts->task == TASK_BINARY) return class;
    while (letters < f->size && (isalpha((unsigned char)f->text[letters]) || f->text[letters] == '_')) letters++;
    return letters && letters < f->size ? labels_of_text(&r->labels, f->text + letters, f->size - letters) : class;
}

/* One binary decision a class; the background has no positive. */
static bool take_sigmoid(struct rows *r, const struct row *row, int32_t class, double weight, struct diag *d)
{
    for (size_t k = 0; k < r->columns.scores; k++) {
        enum taken had = take_score(r, row, r->columns.score[k], &r->score[k], d);

        if (had != TAKEN) return had == LEFT_OUT;
    }
    for (size_t k = 0; k < r->columns.scores; k++) {
        bool positive = (int32_t)k == class && (ptrdiff_t)k != r->facts->background;

        put(r, tail_of(r, r->score[k], positive), positive, weight, positive);
    }
    r->facts->counts.rows_used++;
    return true;
}

static bool explain(struct rows *r, const struct row *row, size_t column, struct diag *d)
{
    char name[DIAG_SHOWN], what[LABELS_SHOWN];
    const struct field *f = &row->field[column];

    return rows_bad(r, d, "column %s: %s", columns_shown(&r->columns, column, name),
                    labels_explain(&r->labels, f->text, f->size, what));
}

static bool take_multilabel(struct rows *r, const struct row *row, double weight, struct diag *d)
{
    for (size_t k = 0; k < r->columns.scores; k++) {
        const struct field *f = &row->field[r->columns.label[k]];
        enum taken had = take_score(r, row, r->columns.score[k], &r->score[k], d);

        if (had != TAKEN) return had == LEFT_OUT;
        if (labels_of_text(&r->labels, f->text, f->size) == LABEL_BAD) return explain(r, row, r->columns.label[k], d);
    }
    for (size_t k = 0; k < r->columns.scores; k++) {
        const struct field *f = &row->field[r->columns.label[k]];
        int32_t side = labels_of_text(&r->labels, f->text, f->size);

        if (side >= 0) put(r, tail_of(r, r->score[k], side), (uint32_t)side, weight, side); /* else this label is ignored */
    }
    r->facts->counts.rows_used++;
    return true;
}

static void take_group(struct rows *r, const struct row *row)
{
    struct facts *facts = r->facts;
    const struct field *f;
    size_t id;
    bool fresh = false;

    if (r->columns.by < 0) return;
    f = &row->field[r->columns.by];
    id = keymap_put(&r->groups, f->text, f->size, &fresh);
    r->group_now = (uint32_t)id;
    if (!fresh) return;
    facts->groups = mem_grow(facts->groups, &r->group_room, id + 1, sizeof *facts->groups);
    if (id < facts->group_count)
        free(facts->groups[id].name); /* the first key takes the place of the nameless group */
    else
        memset(&facts->groups[id], 0, sizeof *facts->groups);
    facts->groups[id].name = mem_copy(f->text, f->size);
    facts->group_count = id + 1;
}

bool rows_take(struct rows *r, const struct row *row, struct diag *d)
{
    const struct columns *c = &r->columns;
    const struct field *label;
    double weight = 1, x;
    int32_t class;
    enum taken had;

    r->facts->counts.rows++;
    if (row->count != c->count) return rows_bad(r, d, "%zu fields where there should be %zu", row->count, c->count);
    take_group(r, row);
    if (c->weight >= 0 && (!field_number(r, &row->field[c->weight], &weight) || !(weight >= 0) || isinf(weight)))
        return bad_field(r, row, (size_t)c->weight, d, "is no weight: a finite number of at least 0 is wanted");
    if (r->facts->task == TASK_MULTILABEL) return take_multilabel(r, row, weight, d);
    label = &row->field[c->label[0]];
    class = label_of(r, label);
    if (class == LABEL_BAD) return explain(r, row, c->label[0], d);
    if (class == LABEL_IGNORED) {
        r->facts->counts.ignored++;
        r->facts->groups[r->group_now].counts.ignored++;
        return true;
    }
    if (r->facts->task == TASK_SIGMOID) return take_sigmoid(r, row, class, weight, d);
    if (class < 0) return explain(r, row, c->label[0], d);
    if (r->facts->task == TASK_SOFTMAX) return take_softmax(r, row, (size_t)class, weight, d);
    had = take_score(r, row, c->score[0], &x, d);
    if (had != TAKEN) return had == LEFT_OUT;
    put(r, tail_of(r, x, class == 1), (uint32_t)class, weight, class);
    r->facts->counts.rows_used++;
    return true;
}
