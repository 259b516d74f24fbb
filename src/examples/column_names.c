/* column_names.c: finding columns by the names that people give them */
#include "examples/column_names.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Names by which a column is known for its role. A family is a prefix with something behind it; with nothing
   but digits behind it the "_" may be missing (p0, p1, ...). */
struct role {
    const char *option, *what;
    const char *const *names;
    const char *const *families;
};

static const char *const label_names[] = {"label", "labels", "y",  "y_true",       "target", "targets",
                                          "true",  "truth",  "gt", "ground_truth", "class",  NULL};
static const char *const prob_names[] = {"score",  "scores",  "prob",   "probs", "probability", "p",
                                         "y_pred", "y_score", "y_prob", "pred",  "confidence",  NULL};
static const char *const prob_families[] = {"p_", "prob_", "proba_", "score_", NULL};
static const char *const logit_names[] = {"logit", "logits", "margin", "raw", "z", NULL};
static const char *const logit_families[] = {"logit_", "raw_", "z_", NULL};
static const char *const weight_names[] = {"weight", "sample_weight", "w", NULL};
static const char *const no_families[] = {NULL};

enum { LABEL, WEIGHT, PROB, LOGIT, ROLES };
static const struct role roles[ROLES] = {
    [LABEL] = {"--label", "labels", label_names, no_families},
    [WEIGHT] = {"--weight", "weights", weight_names, no_families},
    [PROB] = {"--prob", "scores", prob_names, prob_families},
    [LOGIT] = {"--logit", "scores", logit_names, logit_families},
};

/* Length of the part of name that makes it a member of the family, 0 if it is none. */
static size_t member(const char *family, const char *name)
{
    size_t n = strlen(family);

    if (strncasecmp(name, family, n) == 0 && name[n]) return n;
    if (strncasecmp(name, family, n - 1) != 0 || !isdigit((unsigned char)name[n - 1])) return 0;
    return strspn(name + n - 1, "0123456789") == strlen(name + n - 1) ? n - 1 : 0;
}

static bool named(const struct role *r, const char *name)
{
    for (const char *const *n = r->names; *n; n++)
        if (strcasecmp(*n, name) == 0) return true;
    return false;
}

bool roles_known(const char *text, size_t size)
{
    static const char *const values[] = {"true", "y", "t", NULL};
    char word[32];

    if (size >= sizeof word) return false;
    memcpy(word, text, size);
    word[size] = 0;
    for (const char *const *v = values; *v; v++)
        if (strcasecmp(*v, word) == 0) return false;
    for (size_t i = 0; i < ROLES; i++)
        if (named(&roles[i], word)) return true;
    return false;
}

/* The prefix's length that these columns' names share as members of a family; 0: there is none. */
static size_t shared_prefix(const struct columns *c)
{
    for (size_t r = PROB; r <= LOGIT; r++)
        for (const char *const *f = roles[r].families; *f; f++) {
            size_t shared = member(*f, c->name[c->score[0]]), i = 1;

            while (shared && i < c->scores && member(*f, c->name[c->score[i]]) == shared) i++;
            if (shared && i == c->scores) return shared;
        }
    return 0;
}

/* Any other prefix that all these names have, up to its last underscore. */
static size_t common_prefix(const struct columns *c)
{
    const char *first = c->name[c->score[0]];
    size_t n = strlen(first);

    for (size_t i = 1; i < c->scores; i++) {
        size_t same = 0;

        while (same < n && first[same] == c->name[c->score[i]][same]) same++;
        n = same;
    }
    while (n && first[n - 1] != '_') n--;
    for (size_t i = 0; i < c->scores; i++)
        if (!c->name[c->score[i]][n]) return 0;
    return n;
}

char **columns_classes(const struct columns *c)
{
    char **class = mem_alloc(c->scores, sizeof *class);
    size_t prefix = c->name ? shared_prefix(c) : 0;

    if (c->name && !prefix && c->scores > 1) prefix = common_prefix(c);

    for (size_t i = 0; i < c->scores; i++) {
        char number[24];
        const char *name = number;

        if (c->name)
            name = c->name[c->score[i]] + prefix;
        else
            snprintf(number, sizeof number, "%zu", i);
        class[i] = mem_copy(name, strlen(name));
    }
    return class;
}

/* What columns there are, for a message: the first dozen. */
const char *roles_there_are(const struct columns *c, char out[ROLES_SHOWN])
{
    size_t used = 0;

    if (!c->name) {
        snprintf(out, ROLES_SHOWN, "there is no header, and %zu column%s", c->count,
                 c->count == 1 ? "" : "s");
        return out;
    }
    used = (size_t)snprintf(out, ROLES_SHOWN, "the columns are ");
    for (size_t i = 0; i < c->count && i < 12 && used < 400; i++)
        used += (size_t)snprintf(out + used, ROLES_SHOWN - used, "%s%.60s", i ? ", " : "",
                                 *c->name[i] ? c->name[i] : "(unnamed)");
    if (c->count > 12) snprintf(out + used, ROLES_SHOWN - used, ", ... (%zu)", c->count);
    return out;
}

/* Has column i a role already? */
static bool used(const struct columns *c, size_t i)
{
    for (size_t k = 0; k < c->scores; k++)
        if (c->score[k] == i) return true;
    for (size_t k = 0; k < c->labels; k++)
        if (c->label[k] == i) return true;
    return c->weight == (ptrdiff_t)i || c->key == (ptrdiff_t)i;
}

/* Columns that could have a role: one of its names, or the members of one of its families. */
struct reading {
    const struct role *role;
    size_t first;       /* the column, or the first member */
    const char *family; /* NULL: one column by its name */
};
enum { READINGS = 8 };

/* Appends the readings of a role, as many as there is room for. */
static size_t readings_of(const struct columns *c, const struct role *r, struct reading out[READINGS],
                          size_t count)
{
    for (size_t i = 0; c->name && i < c->count; i++)
        if (!used(c, i) && named(r, c->name[i]) && count < READINGS)
            out[count++] = (struct reading){r, i, NULL};
    for (const char *const *f = r->families; c->name && *f; f++)
        for (size_t i = 0; i < c->count; i++)
            if (!used(c, i) && member(*f, c->name[i]) && count < READINGS) {
                out[count++] = (struct reading){r, i, *f};
                break;
            }
    return count;
}

/* What an option takes to choose the reading. */
static const char *choice(const struct columns *c, const struct reading *r, bool by_number,
                          char out[DIAG_SHOWN])
{
    if (r->family)
        snprintf(out, DIAG_SHOWN, "'%.*s*'", (int)member(r->family, c->name[r->first]), c->name[r->first]);
    else if (by_number)
        snprintf(out, DIAG_SHOWN, "%zu", r->first + 1);
    else
        snprintf(out, DIAG_SHOWN, "%.100s", c->name[r->first]);
    return out;
}

static bool two_readings(const struct columns *c, const char *file, const struct reading *a,
                         const struct reading *b, struct diag *d)
{
    bool same = strcmp(c->name[a->first], c->name[b->first]) == 0;
    char x[DIAG_SHOWN], y[DIAG_SHOWN];

    choice(c, a, same, x);
    choice(c, b, same, y);
    return diag_fail(d, STATUS_DATA, "%s: both %s%s and %s could hold the %s: say which, %s %s or %s %s",
                     file, same ? "columns " : "", x, y, a->role->what, a->role->option, x, b->role->option,
                     y);
}

bool roles_find_scores(struct columns *c, const char *file, struct diag *d)
{
    struct reading r[READINGS];
    size_t room = 0, count = 0, *index = NULL,
           n = readings_of(c, &roles[LOGIT], r, readings_of(c, &roles[PROB], r, 0));
    char others[ROLES_SHOWN];

    if (n > 1) return two_readings(c, file, &r[0], &r[1], d);
    if (n == 0)
        return diag_fail(d, STATUS_DATA, "%s: no column of scores found: name it with --prob or --logit; %s",
                         file, roles_there_are(c, others));
    for (size_t i = r->first; i < c->count; i++) {
        if (i != r->first && (!r->family || used(c, i) || !member(r->family, c->name[i]))) continue;
        index = mem_grow(index, &room, count + 1, sizeof *index);
        index[count++] = i;
    }
    c->score = index;
    c->scores = count;
    c->logits = r->role == &roles[LOGIT];
    return c->found_score = true;
}

bool roles_find_label(struct columns *c, const char *file, struct diag *d)
{
    struct reading r[READINGS];
    size_t n = readings_of(c, &roles[LABEL], r, 0);
    char others[ROLES_SHOWN];

    /* what rows are grouped by is not what they are labelled with, where another column could be */
    for (size_t i = 0; n > 1 && i < n; i++)
        if ((ptrdiff_t)r[i].first == c->by) r[i] = r[--n];
    if (n > 1) return two_readings(c, file, &r[0], &r[1], d);
    if (n == 0)
        return diag_fail(d, STATUS_DATA, "%s: no column of labels found: name it with --label; %s", file,
                         roles_there_are(c, others));
    c->label = mem_alloc(1, sizeof *c->label);
    c->label[0] = r->first;
    c->labels = 1;
    return c->found_label = true;
}

bool roles_find_weight(struct columns *c, const char *file, struct diag *d)
{
    struct reading r[READINGS];
    size_t n = readings_of(c, &roles[WEIGHT], r, 0);

    if (n > 1) return two_readings(c, file, &r[0], &r[1], d);
    if (n == 1) c->weight = (ptrdiff_t)r->first;
    c->found_weight = n == 1;
    return true;
}
