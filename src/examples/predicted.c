/* predicted.c: predicted classes and the confidence in them, which are no truth and no probability of a
   positive */
#include "examples/predicted.h"

#include "base/number.h"
#include "examples/column_names.h"

#include <math.h>
#include <string.h>

/* Names of columns that hold predicted classes whatever is in them, and names that do where what is in them
   is no score. */
static const char *const class_names[] = {"predicted label",  "predicted class",  "pred label",
                                          "pred class",       "prediction label", "prediction class",
                                          "predicted labels", "predicted",        NULL};
static const char *const decision_names[] = {"pred",  "prediction", "predictions", "y pred",
                                             "y hat", "response",   "decision",    NULL};
/* Names of scores that may be the confidence in the predicted class. */
static const char *const confidence_names[] = {
    "score", "scores", "confidence", "conf", "prediction score", "predicted score", "pred score", NULL};

static bool score_of(const struct first_rows *rows, size_t row, size_t column, double *out)
{
    const struct field *f = column < rows->row[row].count ? &rows->row[row].field[column] : NULL;

    return f && number_parse(f->text, f->size, out) && !isnan(*out);
}

/* Can the score be P(positive), where another column holds the classes that it decides for? Then the scores
   of one class are all at or above those of the other, and one is below .5. */
static bool decides(const struct column_search *s, size_t classes, size_t score)
{
    const struct field *a = NULL;
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};

    for (size_t i = 0; i < s->data->rows; i++) {
        const struct row *r = &s->data->row[i];
        const struct field *f = classes < r->count ? &r->field[classes] : NULL;
        bool other;
        double x;

        if (!f || !score_of(s->data, i, score, &x)) continue;
        if (!a) a = f;
        other = f->size != a->size || memcmp(f->text, a->text, f->size) != 0;
        low[other] = fmin(low[other], x);
        high[other] = fmax(high[other], x);
    }
    return fmin(low[0], low[1]) < 0.5 && (high[0] <= low[1] || high[1] <= low[0]);
}

/* Is every score at least .5? */
static bool all_above_half(const struct column_search *s, size_t score)
{
    double x;

    for (size_t i = 0; i < s->data->rows; i++)
        if (score_of(s->data, i, score, &x) && x < 0.5) return false;
    return s->data->rows > 0;
}

static bool refuse_confidence(const struct column_search *s, size_t classes, struct diag *d)
{
    char score[DIAG_SHOWN], class[DIAG_SHOWN], label[DIAG_SHOWN];
    const struct columns *c = s->c;

    columns_shown(c, c->score[0], score);
    columns_shown(c, classes, class);
    if (c->labels && classes == c->label[0])
        return diag_fail(d, STATUS_DATA,
                         "%s: column %s may hold the predicted class, and %s the confidence in it, not the "
                         "probability of a positive: --predicted %s with --label COL for the true label; or "
                         "--prob %s --label %s where they are what they are called",
                         s->file, class, score, class, score, class);
    return diag_fail(d, STATUS_DATA,
                     "%s: column %s seems to be the confidence in the predicted class that column %s holds, "
                     "not the probability of a positive: --predicted %s reads it so; --prob %s takes it as "
                     "the probability of a positive%s%s",
                     s->file, score, class, class, score, c->labels ? ", with label " : "",
                     c->labels ? columns_shown(c, c->label[0], label) : "");
}

/* libsvm's svm-predict -b 1: "labels 1 -1", the predicted label first. */
static bool is_libsvm(const struct column_search *s)
{
    const struct columns *c = s->c;
    double x;

    if (!c->found_label || c->label[0] != 0 || strcmp(c->name[0], "labels") != 0 || c->usable < 3)
        return false;
    for (size_t i = 1; i < c->usable; i++)
        if (!number_parse(c->name[i], strlen(c->name[i]), &x) || x != floor(x)) return false;
    return true;
}

/* A column beside the label in use that holds the same few classes: of the two, either may be the truth. */
static bool has_twin(const struct column_search *s, size_t label)
{
    for (size_t i = s->c->first; i < s->c->usable; i++)
        if (i != label && !s->used[i] && s->facts[i].numbers && s->facts[i].hard == s->facts[i].numbers &&
            !s->facts[i].words && s->facts[label].hard == s->facts[label].numbers)
            return true;
    return false;
}

/* A column that could hold probabilities: numbers from 0 to 1, not all of them whole. */
static bool may_be_score(const struct column_search *s, size_t column)
{
    const struct column_facts *f = &s->facts[column];
    double x;

    if (s->used[column] || f->words || !f->numbers || f->whole == f->numbers) return false;
    for (size_t i = 0; i < s->data->rows; i++)
        if (score_of(s->data, i, column, &x) && !(x >= 0 && x <= 1)) return false;
    return true;
}

/* A score that is found by its name, and 0 or 1 throughout, holds decisions where another column could be the
   score. */
static bool check_decisions(const struct column_search *s, struct diag *d)
{
    const struct columns *c = s->c;
    const struct column_facts *f = &s->facts[c->score[0]];
    char score[DIAG_SHOWN], other[DIAG_SHOWN];

    if (!f->numbers || f->words || f->hard != f->numbers) return true;
    for (size_t i = c->first; i < c->usable; i++) {
        if (i == c->score[0] || !may_be_score(s, i)) continue;
        columns_shown(c, c->score[0], score);
        columns_shown(c, i, other);
        return diag_fail(
            d, STATUS_DATA,
            "%s: column %s is 0 or 1 throughout, as predicted classes are, and %s could hold the "
            "scores: say which, --prob %s or --prob %s",
            s->file, score, other, other, score);
    }
    return true;
}

bool check_predicted(const struct column_search *s, struct diag *d)
{
    const struct columns *c = s->c;
    size_t score = c->scores ? c->score[0] : 0, label = c->labels ? c->label[0] : SIZE_MAX;

    if (!c->name || s->kind == TABLE_LABELS || c->predicted >= 0) return true;
    if (is_libsvm(s))
        return diag_fail(d, STATUS_DATA,
                         "%s: this is what svm-predict writes: column labels holds the predicted ones; name "
                         "the file of the true labels with --labels FILE, or --label labels if they are true",
                         s->file);
    if (c->scores != 1 || !c->found_score || c->logits) return true;
    if (!check_decisions(s, d)) return false;
    if (!column_name_is_one_of(confidence_names, c->name[score])) return true;
    for (size_t i = 0; i < c->usable; i++) {
        const char *name = c->name[i];
        bool named = column_name_is_one_of(class_names, name) || column_name_begins("predicted", name),
             decision = column_name_is_one_of(decision_names, name) && column_holds_classes(&s->facts[i]),
             second = label != SIZE_MAX && column_name_is("label", name) &&
                      !column_name_is("label", c->name[label]);

        if (i == score || i == label || (!named && !decision && !second)) continue;
        if (s->facts[i].numbers + s->facts[i].words && !decides(s, i, score))
            return refuse_confidence(s, i, d);
    }
    if (label == SIZE_MAX || !c->found_label) return true;
    if (column_name_is("class", c->name[label]) &&
        (column_name_is("confidence", c->name[score]) || column_name_is("conf", c->name[score])))
        return refuse_confidence(s, label, d);
    if (column_name_is("label", c->name[label]) && column_name_is("score", c->name[score]) &&
        all_above_half(s, score) && has_twin(s, label))
        return refuse_confidence(s, label, d);
    return true;
}
