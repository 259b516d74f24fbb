/* schema.c: from the columns of the first file to what every row is asked */
#include "examples/schema.h"

#include "examples/column_names.h"
#include "examples/label_file.h"
#include "examples/preview.h"

#include "base/number.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "a, b, c": the first dozen of the classes. */
static void list_classes(const struct schema *s, struct string *out)
{
    for (size_t k = 0; k < s->classes && k < 12; k++)
        string_printf(out, "%s%.40s", k ? ", " : "", s->class_name[k]);
    if (s->classes > 12) string_puts(out, ", ...");
}

/* The task that the columns make, or that was told. K labels beside K scores are those of K questions, or one
   class each, as one of them is 1: only --task can tell. */
static bool choose_task(const struct input *in, const struct columns *c, struct schema *s, struct facts *f,
                        struct diag *d)
{
    size_t labels = in->labels_file ? 1 : c->labels;

    f->task = labels > 1 ? TASK_MULTILABEL : c->scores <= 2 ? TASK_BINARY : TASK_SOFTMAX;
    if (in->task == TASK_AUTO || in->task == f->task) return true;
    if (c->scores == 1)
        return diag_fail(
            d, STATUS_USAGE,
            "--task: with one column of scores the task is binary; name more with --prob or --logit");
    if (in->task == TASK_BINARY)
        return diag_fail(d, STATUS_USAGE,
                         "--task binary takes one column of scores, or two of one label, not %zu: name them "
                         "with %s",
                         c->scores, c->logits ? "--logit" : "--prob");
    if (in->task == TASK_MULTILABEL && !in->labels_file)
        return diag_fail(d, STATUS_USAGE,
                         "--task: %zu columns of scores and 1 of labels cannot be multilabel: name as many "
                         "with --label",
                         c->scores);
    if (labels > 1 && in->task == TASK_SIGMOID)
        return diag_fail(d, STATUS_USAGE,
                         "--task: %zu columns of scores and %zu of labels make the task multilabel, or "
                         "softmax where one label of a row is 1",
                         c->scores, labels);
    s->one_hot = labels > 1;
    f->task = in->task;
    return true;
}

/* Names from --classes, one for each column. */
static bool take_classes(struct schema *s, const char *list, struct diag *d)
{
    size_t count = 0;

    for (; *list; list += *list == ',', count++) {
        char *name = text_list_item(&list);

        if (count < s->classes) {
            free(s->class_name[count]);
            s->class_name[count] = name;
        } else {
            free(name);
        }
    }
    return count == s->classes ||
           diag_fail(d, STATUS_USAGE, "--classes names %zu class%s, and there %s %zu column%s", count,
                     count == 1 ? "" : "es", s->classes == 1 ? "is" : "are", s->classes,
                     s->classes == 1 ? "" : "s of scores");
}

/* --classes with the header's own names in another order would give a column another's class. Names that
   pandas counted are places, and may be given anew. */
static bool check_order(const struct schema *s, const struct columns *c, struct diag *d)
{
    char **header = c->name && !c->counting ? columns_classes(c) : NULL;
    size_t known = 0, moved = SIZE_MAX;
    bool ok = true;

    for (size_t k = 0; header && k < s->classes; k++)
        for (size_t i = 0; i < s->classes; i++) {
            if (strcasecmp(header[i], s->class_name[k]) != 0) continue;
            known++;
            if (i != k && moved == SIZE_MAX) moved = k;
        }
    if (known == s->classes && moved != SIZE_MAX)
        ok = diag_fail(d, STATUS_USAGE,
                       "--classes names %.60s where the header has %.60s: without --classes the columns have "
                       "the header's classes; --prob or --logit puts them in another order",
                       s->class_name[moved], header[moved]);
    for (size_t k = 0; header && k < s->classes; k++) free(header[k]);
    free(header);
    return ok;
}

/* Classes that are named 0 … K − 1, by their columns' names or as they have none, get the numbers that the
   labels have. */
static bool count_from(struct schema *s, uint64_t base, struct diag *d)
{
    uint64_t n;

    for (size_t k = 0; k < s->classes; k++)
        if (number_parse_whole(s->class_name[k], strlen(s->class_name[k]), &n) && n >= s->classes)
            return diag_fail(d, STATUS_USAGE,
                             "--label-base: the classes have numbers as names, up to %s: labels are these",
                             s->class_name[k]);
    for (size_t k = 0; k < s->classes; k++) {
        char number[24];

        if (!number_parse_whole(s->class_name[k], strlen(s->class_name[k]), &n)) continue;
        snprintf(number, sizeof number, "%llu", (unsigned long long)(n + base));
        free(s->class_name[k]);
        s->class_name[k] = mem_copy(number, strlen(number));
    }
    return true;
}

/* Names that pandas counted tell the places of columns in a table with the labels: they need not be those of
   the classes. */
static bool settle_counted_names(struct schema *s, const struct columns *c, struct diag *d)
{
    bool places = true;
    char number[24];

    for (size_t k = 0; k < s->classes; k++) {
        snprintf(number, sizeof number, "%zu", k);
        places = places && strcmp(s->class_name[k], number) == 0;
    }
    if (!c->counting || places || s->classes < 2) return true;
    if (s->in->label_base < 0)
        return diag_fail(
            d, STATUS_DATA,
            "the columns of scores are named %s to %s: are labels these numbers, or do they count "
            "from 0? --label-base 0 counts the columns; --classes names their classes",
            s->class_name[0], s->class_name[s->classes - 1]);
    for (size_t k = 0; k < s->classes; k++) {
        snprintf(number, sizeof number, "%zu", k);
        free(s->class_name[k]);
        s->class_name[k] = mem_copy(number, strlen(number));
    }
    return true;
}

static bool name_classes(struct schema *s, struct facts *f, const struct columns *c, struct diag *d)
{
    static const char *const sides[] = {"negative", "positive"};

    s->class_name = columns_classes(c);
    s->classes = c->scores;
    f->scores = c->scores;
    f->classes = f->task == TASK_BINARY ? 2 : c->scores;
    f->class_name = mem_alloc(f->classes, sizeof *f->class_name);
    if (s->in->classes && c->scores == 1)
        return diag_fail(d, STATUS_USAGE, "--classes is for several columns of scores");
    if (s->in->classes && (!take_classes(s, s->in->classes, d) || !check_order(s, c, d))) return false;
    if (!s->in->classes && f->task != TASK_MULTILABEL && !settle_counted_names(s, c, d)) return false;
    if (!s->in->classes && s->in->label_base > 0 && !count_from(s, (uint64_t)s->in->label_base, d))
        return false;
    for (size_t k = 0; k < f->classes; k++) {
        const char *name = f->task == TASK_BINARY ? sides[k] : s->class_name[k];

        f->class_name[k] = mem_copy(name, strlen(name));
    }
    return true;
}

/* No label can be two things at once. */
static bool lists_are_apart(const struct input *in, struct diag *d)
{
    const struct {
        const char *name;
        const struct list *list;
    } of[] = {{"positive", &in->positive}, {"negative", &in->negative}, {"ignore", &in->ignore}};

    for (size_t a = 0; a < 3; a++)
        for (size_t b = a + 1; b < 3; b++)
            for (size_t i = 0; i < of[a].list->count; i++)
                for (size_t k = 0; k < of[b].list->count; k++)
                    if (strcmp(of[a].list->item[i], of[b].list->item[k]) == 0)
                        return diag_fail(d, STATUS_USAGE, "--%s and --%s both name the label '%.60s'",
                                         of[a].name, of[b].name, of[a].list->item[i]);
    return true;
}

static bool options_fit(const struct schema *s, const struct facts *f, struct diag *d)
{
    const struct input *in = s->in;
    bool sides = f->task == TASK_BINARY || f->task == TASK_MULTILABEL;

    if (!sides && (in->positive.count || in->negative.count))
        return diag_fail(
            d, STATUS_USAGE,
            "--%s is for a question with two answers; with %zu columns of scores, labels are classes "
            "(--background names the one without positives)",
            in->positive.count ? "positive" : "negative", f->classes);
    if (sides && in->background && f->scores != 2)
        return diag_fail(d, STATUS_USAGE,
                         "--background is for several classes; for one column of scores use --negative");
    if (in->label_base >= 0 && (f->task == TASK_MULTILABEL || f->scores == 1))
        return diag_fail(d, STATUS_USAGE, "--label-base is for labels that are numbers of classes");
    if (in->predicted && f->scores != 1)
        return diag_fail(d, STATUS_USAGE,
                         "--predicted is for one column of scores, the confidence in the predicted class");
    if (in->renormalize && (!facts_is_softmax(f) || f->logits))
        return diag_fail(d, STATUS_USAGE, "--renormalize is for softmax probabilities");
    if (in->check_rows && (!facts_is_softmax(f) || f->logits))
        return diag_fail(d, STATUS_USAGE, "--check-rows is for softmax probabilities, whose sums it checks");
    if (in->key && !in->labels_file && !in->key_of_rows)
        return diag_fail(d, STATUS_USAGE, "--key joins the predictions with --labels FILE: name that, too");
    if (in->by && in->by_file) return diag_fail(d, STATUS_USAGE, "--by and --by-file exclude each other");
    return lists_are_apart(in, d);
}

/* A single column that is found by itself, and whose name tells the negative class: its probability is not
   that of a positive. */
static bool check_negative_column(const struct schema *s, const struct columns *c, struct diag *d)
{
    const char *name = c->name && c->scores == 1 ? c->name[c->score[0]] : NULL;

    if (!name || !c->found_score || s->in->positive.count || s->in->negative.count || s->in->predicted ||
        strcmp(name, s->class_name[0]) == 0 || labels_side_of_name(s->class_name[0]) != 0)
        return true;
    return diag_fail(
        d, STATUS_DATA,
        "column %.60s seems to hold the scores of the negative class: --positive VALUE, with that "
        "class's label, makes it the positive one; --%s %.60s takes them as those of positives",
        name, c->logits ? "logit" : "prob", name);
}

/* What labels mean. Of one-hot labels the cells are sides, and the classes need no labels of their own. */
static bool find_labels(struct schema *s, const struct columns *c, struct facts *f, struct diag *d)
{
    bool pair = f->task == TASK_BINARY && f->scores == 2;
    enum label_kind kind = pair                                                   ? LABELS_PAIR
                           : f->task == TASK_BINARY || f->task == TASK_MULTILABEL ? LABELS_SIDES
                                                                                  : LABELS_CLASSES;
    struct string list = {0};

    if (!labels_open(&s->labels, s->in, kind, s->class_name, s->classes, &f->background, d)) return false;
    for (size_t k = 0; kind != LABELS_SIDES && c->name && k < c->scores; k++)
        labels_alias(&s->labels, c->name[c->score[k]], (int32_t)k);
    if (pair) {
        const char *name = s->class_name[1 - f->background];

        f->positive = mem_copy(name, strlen(name));
    }
    if (s->one_hot) {
        ptrdiff_t none;

        labels_free(&s->labels);
        if (!labels_open(&s->labels, s->in, LABELS_SIDES, NULL, 0, &none, d)) return false;
    }
    if (!s->in->background || (f->task == TASK_SIGMOID && !s->one_hot) ||
        (f->background >= 0 && (!pair || strcmp(s->in->background, s->class_name[f->background]) == 0)))
        return true;
    list_classes(s, &list);
    diag_fail(d, STATUS_USAGE, "--background %.60s is none of the classes %s", s->in->background, list.text);
    string_free(&list);
    return false;
}

/* Do the scores of these rows add to 1, and is one label of each 1 and the others 0? Then the task may be
   softmax as well. */
static bool check_one_hot(const struct schema *s, const struct file_schema *first, struct diag *d)
{
    if (s->facts->task != TASK_MULTILABEL || s->in->task != TASK_AUTO || !first->columns.one_hot) return true;
    return diag_fail(
        d, STATUS_DATA,
        "%s: the scores of a row add to 1 and one of its labels is 1: one class of several, --task "
        "softmax, or as many questions, --task multilabel?",
        first->file);
}

/* The options that give the values of the data a meaning: two runs with others do not add. */
static void list_options(const struct input *in, struct string *out)
{
    const struct {
        const char *name;
        const struct list *list;
    } list[] = {{"positive", &in->positive}, {"negative", &in->negative}, {"ignore", &in->ignore}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        for (size_t k = 0; k < list[i].list->count; k++)
            string_printf(out, "%s--%s=%s", out->size ? " " : "", list[i].name, list[i].list->item[k]);
    if (in->label_base >= 0) string_printf(out, "%s--label-base=%d", out->size ? " " : "", in->label_base);
    if (in->labels_file) string_printf(out, "%s--labels", out->size ? " " : "");
    if (in->predicted) string_printf(out, "%s--predicted=%s", out->size ? " " : "", in->predicted);
    if (in->classes) string_printf(out, "%s--classes=%s", out->size ? " " : "", in->classes);
    if (in->renormalize) string_printf(out, "%s--renormalize", out->size ? " " : "");
}

/* Does an option name column 0, so that there must be a header? */
static bool is_zero(const char *list)
{
    return list && strcmp(list, "0") == 0;
}

bool schema_open(struct schema *s, struct facts *f, const struct file_schema *first, struct diag *d)
{
    const struct columns *c = &first->columns;
    const struct input *in = s->in;

    s->counted = c->counting && in->header < 0 && c->usable == 2 && !is_zero(in->prob) &&
                 !is_zero(in->logit) && !is_zero(in->label);
    f->logits = c->logits;
    f->header = c->header;
    f->delimiter = first->dialect.delimiter;
    f->background = -1;
    if (!choose_task(in, c, s, f, d) || !check_one_hot(s, first, d) || !name_classes(s, f, c, d))
        return false;
    if (!options_fit(s, f, d) || !check_negative_column(s, c, d) || !find_labels(s, c, f, d)) return false;
    columns_list(c, c->score, c->scores, &f->score);
    if (in->labels_file)
        string_puts(&f->label, in->labels_file);
    else
        columns_list(c, c->label, c->labels, &f->label);
    if (c->weight >= 0) columns_list(c, &(size_t){(size_t)c->weight}, 1, &f->weight);
    if (c->by >= 0) columns_list(c, &(size_t){(size_t)c->by}, 1, &f->by);
    if (c->cluster >= 0) columns_list(c, &(size_t){(size_t)c->cluster}, 1, &f->cluster);
    f->found_score = c->found_score;
    f->found_label = c->found_label;
    f->found_weight = c->found_weight;
    facts_keep_apart(f, in->apart_few && f->classes <= APART_FEW ? APART_CLASSES : in->apart);
    list_options(in, &f->options);
    if (in->dry_run) {
        if (first->preview.size) string_add(&f->preview, first->preview.text, first->preview.size);
        preview_command(in, c, f, &f->command);
    }
    f->weighted = c->weight >= 0;
    f->predictions = in->predictions && f->task == TASK_SOFTMAX && f->classes <= PREDICTED_MOST;
    f->grouped = c->by >= 0 || in->by_file;
    f->clustered = c->cluster >= 0;
    f->clip = in->clip >= 0 ? in->clip : f->logits ? 0 : 0x1p-52;
    if (!in->labels_file) return true;
    s->label_file =
        label_file_open(in, &s->labels, f->task == TASK_MULTILABEL ? f->classes : 1, s->classes, c, d);
    return s->label_file != NULL;
}

void schema_close(struct schema *s)
{
    labels_free(&s->labels);
    label_file_free(s->label_file);
    for (size_t k = 0; k < s->classes; k++) free(s->class_name[k]);
    free(s->class_name);
}
