/* column_names.c: finding columns by the names that people give them */
#include "examples/column_names.h"

#include "base/number.h"
#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Names by which a column is known for its role, without case and whatever stands between their words. A
   family is a name with a separator and a class's name behind it; with nothing but digits behind it the
   separator may be missing (p0, p1, ...). */
struct role {
    const char *option, *what;
    const char *const *names;
    const char *const *families;
};

static const char *const label_names[] = {
    "label",       "labels", "y",          "y true", "y test", "target",
    "targets",     "true",   "true label", "truth",  "gt",     "ground truth",
    "groundtruth", "actual", "obs",        "class",  NULL};
static const char *const prob_names[] = {
    "score",       "scores",    "prob",       "probs",      "probability", "proba",
    "p",           "y pred",    "y score",    "y prob",     "pred",        "prediction",
    "predictions", "predicted", "pred score", "confidence", NULL};
static const char *const prob_families[] = {"class prob", "p", "prob", "proba", "score", NULL};
static const char *const logit_names[] = {"logit", "logits", "margin", "raw", "z", NULL};
static const char *const weight_names[] = {"weight", "sample weight", NULL};
static const char *const no_families[] = {NULL};

enum { LABEL, WEIGHT, PROB, LOGIT, ROLES };
static const struct role roles[ROLES] = {
    [LABEL] = {"--label", "labels", label_names, no_families},
    [WEIGHT] = {"--weight", "weights", weight_names, no_families},
    [PROB] = {"--prob", "scores", prob_names, prob_families},
    [LOGIT] = {"--logit", "scores", logit_names, logit_names},
};

/* Names of columns that hold predicted classes whatever is in them, and names that do where what is in them
 * is no score. */
static const char *const class_names[] = {"predicted label",  "predicted class",  "pred label",
                                          "pred class",       "prediction label", "prediction class",
                                          "predicted labels", "predicted",        NULL};
static const char *const decision_names[] = {"pred",  "prediction", "predictions", "y pred",
                                             "y hat", "response",   "decision",    NULL};
/* Names of scores that may be the confidence in the predicted class. */
static const char *const confidence_names[] = {
    "score", "scores", "confidence", "conf", "prediction score", "predicted score", "pred score", NULL};

static bool is_separator(char c)
{
    return c && strchr("_.:= ", c);
}

static bool between_words(char c)
{
    return is_separator(c) || c == '-';
}

/* Length of the part of name that is that known one, 0 if name does not begin with it. */
static size_t begins(const char *known, const char *name)
{
    size_t n = 0;

    while (between_words(name[n])) n++;
    for (; *known; known++) {
        if (*known == ' ') continue;
        while (n && between_words(name[n])) n++;
        if (tolower((unsigned char)name[n]) != *known) return 0;
        n++;
    }
    return n;
}

static bool is_name(const char *known, const char *name)
{
    size_t n = begins(known, name);

    while (n && between_words(name[n])) n++;
    return n && !name[n];
}

static bool is_one_of(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (is_name(*names, name)) return true;
    return false;
}

/* Length of the part of name that makes it a member of the family, 0 if it is none. */
static size_t member(const char *family, const char *name)
{
    size_t n = begins(family, name), digits;

    if (!n) return 0;
    digits = n + strspn(name + n, "0123456789");
    if (digits > n && !name[digits]) return n;
    if (!is_separator(name[n])) return 0;
    while (is_separator(name[n]) && name[n + 1]) n++;
    return is_separator(name[n]) ? 0 : n;
}

bool column_name_known(const char *text, size_t size)
{
    static const char *const values[] = {"true", "y", "t", "class", NULL};
    char word[32];

    if (size >= sizeof word) return false;
    memcpy(word, text, size);
    word[size] = 0;
    for (const char *const *v = values; *v; v++)
        if (strcasecmp(*v, word) == 0) return false;
    for (size_t i = 0; i < ROLES; i++)
        if (is_one_of(roles[i].names, word)) return true;
    return false;
}

/* Any other prefix that all these names have, up to its last separator. */
static size_t common_prefix(const struct columns *c)
{
    const char *first = c->name[c->score[0]];
    size_t n = strlen(first);

    for (size_t i = 1; i < c->scores; i++) {
        size_t k = 0;

        while (k < n && first[k] == c->name[c->score[i]][k]) k++;
        n = k;
    }
    while (n && !is_separator(first[n - 1])) n--;
    for (size_t i = 0; i < c->scores; i++)
        if (!c->name[c->score[i]][n]) return 0;
    return n;
}

/* The family that all scores are members of; NULL: there is none. */
static const char *shared_family(const struct columns *c)
{
    for (size_t r = PROB; r <= LOGIT; r++)
        for (const char *const *f = roles[r].families; *f; f++) {
            size_t i = 0;

            while (i < c->scores && member(*f, c->name[c->score[i]])) i++;
            if (i == c->scores) return *f;
        }
    return NULL;
}

char **columns_classes(const struct columns *c)
{
    char **class = mem_alloc(c->scores, sizeof *class);
    const char *family = c->name ? shared_family(c) : NULL;
    size_t prefix = c->name && !family && c->scores > 1 ? common_prefix(c) : 0;

    for (size_t i = 0; i < c->scores; i++) {
        char number[24];
        const char *name = number;

        if (c->name)
            name = c->name[c->score[i]] + (family ? member(family, c->name[c->score[i]]) : prefix);
        else
            snprintf(number, sizeof number, "%zu", i);
        class[i] = mem_copy(name, strlen(name));
    }
    return class;
}

/* What columns there are, for a message: the first dozen. */
const char *column_names_listed(const struct columns *c, char out[ROLES_SHOWN])
{
    size_t used = 0;

    if (!c->name) {
        snprintf(out, ROLES_SHOWN, "there is no header, and %zu column%s", c->count,
                 c->count == 1 ? "" : "s");
        return out;
    }
    used = (size_t)snprintf(out, ROLES_SHOWN, "the columns are ");
    for (size_t i = 0; i < c->usable && i < 12 && used < 400; i++)
        used += (size_t)snprintf(out + used, ROLES_SHOWN - used, "%s%.60s", i ? ", " : "",
                                 *c->name[i] ? c->name[i] : "(unnamed)");
    if (c->usable > 12) snprintf(out + used, ROLES_SHOWN - used, ", ... (%zu)", c->usable);
    return out;
}

/* Columns that could have a role: one of its names, or the members of one of its families, or those that are
 * named 0, 1, 2, ... */
struct candidate {
    const struct role *role;
    size_t first;       /* the column, or the first member */
    const char *family; /* NULL: one column by its name */
    bool numbers;       /* the columns named 0, 1, 2, ... */
};
enum { CANDIDATES = 8 };

static bool only_words(const struct column_facts *f)
{
    return f->words && !f->numbers;
}

static bool in_candidate(const struct search *s, const struct candidate *r, size_t i)
{
    uint64_t n;
    const char *name = s->c->name[i];

    if (s->used[i] || i >= s->c->usable) return false;
    if (r->numbers) return number_parse_whole(name, strlen(name), &n);
    return r->family ? member(r->family, name) && !only_words(&s->facts[i]) : i == r->first;
}

/* Are the columns that are named by numbers named 0 … K − 1, each once, K ≥ 2? */
static bool named_by_numbers(const struct search *s, size_t *first)
{
    const struct columns *c = s->c;
    bool *had = mem_alloc(c->count, sizeof *had), ok = true;
    size_t count = 0;

    for (size_t i = c->usable; i-- > 0;) {
        uint64_t n;

        if (s->used[i] || !number_parse_whole(c->name[i], strlen(c->name[i]), &n)) continue;
        if (n >= c->count || had[n] || (n && *c->name[i] == '0'))
            ok = false;
        else
            had[n] = true;
        count++;
        *first = i;
    }
    for (size_t n = 0; n < count && ok; n++) ok = had[n];
    free(had);
    return ok && count >= 2;
}

/* Appends the candidates for a role, as many as there is room for. */
static size_t candidates(const struct search *s, const struct role *r, struct candidate out[CANDIDATES],
                         size_t count)
{
    const struct columns *c = s->c;

    for (size_t i = 0; i < c->usable; i++)
        if (!s->used[i] && is_one_of(r->names, c->name[i]) && count < CANDIDATES)
            out[count++] = (struct candidate){r, i, NULL, false};
    for (const char *const *f = r->families; *f; f++)
        for (size_t i = 0; i < c->usable; i++)
            if (count < CANDIDATES && in_candidate(s, &(struct candidate){r, i, *f, false}, i)) {
                out[count++] = (struct candidate){r, i, *f, false};
                break;
            }
    return count;
}

/* What an option takes to choose the candidate. */
static const char *choice(const struct columns *c, const struct candidate *r, bool by_number,
                          char out[DIAG_SHOWN])
{
    const char *name = c->name[r->first];

    if (r->numbers)
        snprintf(out, DIAG_SHOWN, "'[0-9]*'");
    else if (r->family)
        snprintf(out, DIAG_SHOWN, "'%.*s*'", (int)member(r->family, name), name);
    else if (by_number)
        snprintf(out, DIAG_SHOWN, "%zu", r->first + 1);
    else
        snprintf(out, DIAG_SHOWN, "%.100s", name);
    return out;
}

static bool two_readings(const struct search *s, const struct candidate *a, const struct candidate *b,
                         struct diag *d)
{
    bool same = strcmp(s->c->name[a->first], s->c->name[b->first]) == 0;
    char x[DIAG_SHOWN], y[DIAG_SHOWN];

    choice(s->c, a, same, x);
    choice(s->c, b, same, y);
    return diag_fail(d, STATUS_DATA, "%s: both %s%s and %s could hold the %s: say which, %s %s or %s %s",
                     s->file, same ? "columns " : "", x, y, a->role->what, a->role->option, x,
                     b->role->option, y);
}

/* Does this column hold classes, not scores: words, or nothing but whole numbers? */
static bool holds_classes(const struct column_facts *f)
{
    return f->words ? !f->numbers : f->numbers && f->whole == f->numbers;
}

/* A single column of classes is no candidate where there is another; one of words is none where nothing but
   whole numbers would be left. */
static size_t drop_classes(const struct search *s, struct candidate r[CANDIDATES], size_t n)
{
    for (int words = 0; words < 2; words++) {
        size_t kept = 0;

        for (size_t i = 0; i < n; i++) {
            const struct column_facts *f = &s->facts[r[i].first];

            if (r[i].family || r[i].numbers || !holds_classes(f) || (words && f->words)) r[kept++] = r[i];
        }
        if (kept) return kept;
    }
    return n;
}

bool find_scores(struct search *s, struct diag *d)
{
    struct candidate r[CANDIDATES + 1];
    struct columns *c = s->c;
    size_t room = 0, first = 0, n = candidates(s, &roles[LOGIT], r, candidates(s, &roles[PROB], r, 0));
    char others[ROLES_SHOWN];

    if (named_by_numbers(s, &first)) r[n++] = (struct candidate){&roles[PROB], first, NULL, true};
    n = drop_classes(s, r, n);
    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 0)
        return diag_fail(d, STATUS_DATA, "%s: no column of scores found: name it with --prob or --logit; %s",
                         s->file, column_names_listed(c, others));
    for (size_t i = r->first; i < c->usable; i++) {
        if (!in_candidate(s, r, i)) continue;
        c->score = mem_grow(c->score, &room, c->scores + 1, sizeof *c->score);
        c->score[c->scores++] = i;
        s->used[i] = true;
    }
    c->logits = r->role == &roles[LOGIT];
    return c->found_score = true;
}

bool find_label(struct search *s, struct diag *d)
{
    struct candidate r[CANDIDATES];
    struct columns *c = s->c;
    size_t n = candidates(s, &roles[LABEL], r, 0);
    char others[ROLES_SHOWN];

    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 0 && c->by >= 0 && is_one_of(label_names, c->name[c->by])) { /* nothing else could be it */
        r[0].first = (size_t)c->by;
        n = 1;
    }
    if (n == 0)
        return diag_fail(d, STATUS_DATA, "%s: no column of labels found: name it with --label; %s", s->file,
                         column_names_listed(c, others));
    c->label = mem_alloc(1, sizeof *c->label);
    c->label[0] = r->first;
    c->labels = 1;
    s->used[r->first] = true;
    return c->found_label = true;
}

bool find_weight(struct search *s, struct diag *d)
{
    struct candidate r[CANDIDATES];
    size_t n = candidates(s, &roles[WEIGHT], r, 0);

    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 0) return true;
    s->c->weight = (ptrdiff_t)r->first;
    s->used[r->first] = true;
    return s->c->found_weight = true;
}

/* ---- predicted classes and the confidence in them ---- */

static bool score_of(const struct first_rows *rows, size_t row, size_t column, double *out)
{
    const struct field *f = column < rows->row[row].count ? &rows->row[row].field[column] : NULL;

    return f && number_parse(f->text, f->size, out) && !isnan(*out);
}

/* Can the score be P(positive), where another column holds the classes that it decides for? Then the scores
   of one class are all at or above those of the other, and one is below .5. */
static bool decides(const struct search *s, size_t classes, size_t score)
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
static bool all_above_half(const struct search *s, size_t score)
{
    double x;

    for (size_t i = 0; i < s->data->rows; i++)
        if (score_of(s->data, i, score, &x) && x < 0.5) return false;
    return s->data->rows > 0;
}

static bool refuse_confidence(const struct search *s, size_t classes, struct diag *d)
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
static bool is_libsvm(const struct search *s)
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
static bool has_twin(const struct search *s, size_t label)
{
    for (size_t i = s->c->first; i < s->c->usable; i++)
        if (i != label && !s->used[i] && s->facts[i].numbers && s->facts[i].hard == s->facts[i].numbers &&
            !s->facts[i].words && s->facts[label].hard == s->facts[label].numbers)
            return true;
    return false;
}

bool check_predicted(const struct search *s, struct diag *d)
{
    const struct columns *c = s->c;
    size_t score = c->scores ? c->score[0] : 0, label = c->labels ? c->label[0] : SIZE_MAX;

    if (!c->name || s->kind == TABLE_LABELS || c->predicted >= 0) return true;
    if (is_libsvm(s))
        return diag_fail(d, STATUS_DATA,
                         "%s: this is what svm-predict writes: column labels holds the predicted ones; name "
                         "the file of the true labels with --labels FILE, or --label labels if they are true",
                         s->file);
    if (c->scores != 1 || !c->found_score || c->logits || !is_one_of(confidence_names, c->name[score]))
        return true;
    for (size_t i = 0; i < c->usable; i++) {
        const char *name = c->name[i];
        bool named = is_one_of(class_names, name) || begins("predicted", name),
             decision = is_one_of(decision_names, name) && holds_classes(&s->facts[i]),
             second = i != label && label != SIZE_MAX && is_name("label", name);

        if (i == score || i == label || (!named && !decision && !second)) continue;
        if (s->facts[i].numbers + s->facts[i].words && !decides(s, i, score))
            return refuse_confidence(s, i, d);
    }
    if (label == SIZE_MAX || !c->found_label) return true;
    if (is_name("class", c->name[label]) &&
        (is_name("confidence", c->name[score]) || is_name("conf", c->name[score])))
        return refuse_confidence(s, label, d);
    if (is_name("label", c->name[label]) && is_name("score", c->name[score]) && all_above_half(s, score) &&
        has_twin(s, label))
        return refuse_confidence(s, label, d);
    return true;
}
