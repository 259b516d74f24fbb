/* schema.c: from the columns of the first file to what every row is asked */
#include "examples/schema.h"

#include "examples/label_file.h"

#include <stdlib.h>
#include <string.h>

/* The task that the columns make, or that was told. */
static bool choose_task(const struct input *in, const struct columns *c, struct facts *f, struct diag *d)
{
    size_t labels = in->labels_file ? 1 : c->labels;

    f->task = c->scores == 1 ? TASK_BINARY : labels == 1 ? TASK_SOFTMAX : TASK_MULTILABEL;
    if (in->task == TASK_AUTO || in->task == f->task) return true;
    if (f->task == TASK_BINARY)
        return diag_fail(
            d, STATUS_USAGE,
            "--task: with one column of scores the task is binary; name more with --prob or --logit");
    if (in->task == TASK_BINARY)
        return diag_fail(d, STATUS_USAGE,
                         "--task binary takes one column of scores, not %zu: name it with %s", c->scores,
                         c->logits ? "--logit" : "--prob");
    if (in->task == TASK_MULTILABEL && in->labels_file) {
        f->task = TASK_MULTILABEL;
        return true;
    }
    if (f->task == TASK_MULTILABEL || in->task == TASK_MULTILABEL)
        return diag_fail(
            d, STATUS_USAGE, "--task: %zu columns of scores and %zu of labels %s", c->scores, labels,
            labels > 1 ? "make the task multilabel" : "cannot be multilabel: name as many with --label");
    f->task = in->task;
    return true;
}

static void name_classes(struct facts *f, const struct columns *c)
{
    f->classes = f->task == TASK_BINARY ? 2 : c->scores;
    if (f->task != TASK_BINARY) {
        f->class_name = columns_classes(c);
        return;
    }
    f->class_name = mem_alloc(2, sizeof *f->class_name);
    f->class_name[0] = mem_copy("negative", 8);
    f->class_name[1] = mem_copy("positive", 8);
}

static bool options_fit(const struct input *in, const struct facts *f, struct diag *d)
{
    bool sides = f->task == TASK_BINARY || f->task == TASK_MULTILABEL;

    if (!sides && (in->positive.count || in->negative.count))
        return diag_fail(d, STATUS_USAGE,
                         "--%s is for one column of scores; with %zu, labels are classes (--background names "
                         "the one without positives)",
                         in->positive.count ? "positive" : "negative", f->classes);
    if (sides && in->background)
        return diag_fail(d, STATUS_USAGE,
                         "--background is for several classes; for one column of scores use --negative");
    if (in->renormalize && (f->task != TASK_SOFTMAX || f->logits))
        return diag_fail(d, STATUS_USAGE, "--renormalize is for softmax probabilities");
    if (in->key && !in->labels_file)
        return diag_fail(d, STATUS_USAGE, "--key joins the predictions with --labels FILE: name that, too");
    if (in->by && in->by_file) return diag_fail(d, STATUS_USAGE, "--by and --by-file exclude each other");
    return true;
}

static bool find_labels(struct plan *p, const struct columns *c, struct facts *f, struct diag *d)
{
    bool sides = f->task == TASK_BINARY || f->task == TASK_MULTILABEL;
    struct string list = {0};

    if (!labels_open(&p->labels, p->in, sides, f->class_name, f->classes, &f->background, d)) return false;
    for (size_t k = 0; !sides && c->name && k < c->scores; k++)
        labels_alias(&p->labels, c->name[c->score[k]], (int32_t)k);
    if (f->task != TASK_SOFTMAX || !p->in->background || f->background >= 0) return true;
    for (size_t k = 0; k < f->classes && k < 12; k++)
        string_printf(&list, "%s%.40s", k ? ", " : "", f->class_name[k]);
    diag_fail(d, STATUS_USAGE, "--background %.60s is none of the classes %s%s", p->in->background, list.text,
              f->classes > 12 ? ", ..." : "");
    string_free(&list);
    return false;
}

/* How examples are parted. */
static void part(enum apart apart, struct facts *f)
{
    size_t sides = f->task == TASK_SOFTMAX && f->background < 0 ? 1 : 2;
    bool softmax = f->task == TASK_SOFTMAX;

    f->by_class = f->task != TASK_BINARY && (apart == APART_CLASSES || (softmax && apart == APART_SOFTMAX) ||
                                             (sides == 1 && apart == APART_SIDELESS));
    f->parts = !f->by_class ? sides : softmax ? f->classes : 2 * f->classes;
}

bool plan_open(struct plan *p, struct facts *f, const struct file_schema *first, struct diag *d)
{
    const struct columns *c = &first->columns;
    const struct input *in = p->in;

    f->logits = c->logits;
    f->header = c->header;
    f->delimiter = first->dialect.delimiter;
    f->background = -1;
    if (!choose_task(in, c, f, d)) return false;
    name_classes(f, c);
    if (!options_fit(in, f, d) || !find_labels(p, c, f, d)) return false;
    columns_list(c, c->score, c->scores, &f->score);
    if (in->labels_file)
        string_puts(&f->label, in->labels_file);
    else
        columns_list(c, c->label, c->labels, &f->label);
    if (c->weight >= 0) columns_list(c, &(size_t){(size_t)c->weight}, 1, &f->weight);
    if (c->by >= 0) columns_list(c, &(size_t){(size_t)c->by}, 1, &f->by);
    f->found_score = c->found_score;
    f->found_label = c->found_label;
    f->found_weight = c->found_weight;
    part(in->apart, f);
    f->weighted = c->weight >= 0;
    f->grouped = c->by >= 0 || in->by_file;
    f->clip = in->clip >= 0 ? in->clip : f->logits ? 0 : 0x1p-52;
    if (!in->labels_file) return true;
    p->answers = answers_open(in, &p->labels, f->task == TASK_MULTILABEL ? f->classes : 1, d);
    return p->answers != NULL;
}

void plan_close(struct plan *p)
{
    labels_free(&p->labels);
    answers_free(p->answers);
}

/* The place of a class among the classes of a file, −1: it has none of that name. */
static ptrdiff_t place_of(char *const *names, size_t count, const char *name)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(names[k], name) == 0) return (ptrdiff_t)k;
    return -1;
}

/* Reorders the scores, and the labels that go with them, from the file's order of the classes to the first
 * file's. */
static bool fit_classes(const struct plan *p, const struct file_schema *first, struct file_schema *l,
                        struct diag *d)
{
    struct columns *c = &l->columns;
    char **names = columns_classes(c);
    size_t *score = mem_alloc(c->scores, sizeof *score), *label = mem_alloc(c->scores, sizeof *label);
    bool well = true;

    for (size_t k = 0; well && k < c->scores; k++) {
        /* mostly they stand in the same order */
        ptrdiff_t at = strcmp(names[k], p->facts->class_name[k]) == 0
                           ? (ptrdiff_t)k
                           : place_of(names, c->scores, p->facts->class_name[k]);

        if (at < 0)
            well = diag_fail(d, STATUS_DATA, "%s: no class %.60s, which %s has", l->file,
                             p->facts->class_name[k], first->file);
        else
            score[k] = c->score[at];
        if (well && c->labels == c->scores) label[k] = c->label[at];
    }
    if (well) {
        memcpy(c->score, score, c->scores * sizeof *score);
        if (c->labels == c->scores) memcpy(c->label, label, c->scores * sizeof *label);
    }
    for (size_t k = 0; k < c->scores; k++) free(names[k]);
    free(names);
    free(score);
    free(label);
    return well;
}

bool plan_fit(const struct plan *p, const struct file_schema *first, struct file_schema *l, struct diag *d)
{
    const struct columns *a = &first->columns, *b = &l->columns;

    if (b->scores != a->scores || b->labels != a->labels)
        return diag_fail(d, STATUS_DATA,
                         "%s: %zu column%s of scores and %zu of labels, where %s has %zu and %zu", l->file,
                         b->scores, b->scores == 1 ? "" : "s", b->labels, first->file, a->scores, a->labels);
    if (b->logits != a->logits)
        return diag_fail(d, STATUS_DATA, "%s: %s, where %s has %s", l->file,
                         b->logits ? "logits" : "probabilities", first->file,
                         a->logits ? "logits" : "probabilities");
    if ((b->weight >= 0) != (a->weight >= 0))
        return diag_fail(d, STATUS_DATA, "%s: it has %s column of weights, and %s has %s", l->file,
                         b->weight >= 0 ? "a" : "no", first->file, a->weight >= 0 ? "one" : "none");
    return p->facts->task == TASK_BINARY || !a->header || !b->header || fit_classes(p, first, l, d);
}
