/* column_names.c: finding columns by the names that people give them */
#include "examples/column_names.h"

#include "base/number.h"
#include "base/text.h"
#include "examples/guess_columns.h"

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
    "score",      "scores",     "prob",         "probs",     "probability",
    "proba",      "p",          "y pred",       "y score",   "y prob",
    "pred",       "prediction", "predictions",  "predicted", "prediction score",
    "pred score", "confidence", "y pred proba", "y proba",   "pred proba",
    "pred prob",  NULL};
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

static bool is_separator(char c)
{
    return c && strchr("_.:= ", c);
}

static bool between_words(char c)
{
    return is_separator(c) || c == '-';
}

/* Length of the part of name that is that known one, 0 if name does not begin with it. Between the known
   one's words anything may stand, or nothing, and within a word nothing: prob_a is not proba. */
size_t column_name_begins(const char *known, const char *name)
{
    size_t n = 0;

    while (between_words(name[n])) n++;
    for (; *known; known++) {
        if (*known == ' ') {
            while (between_words(name[n])) n++;
            continue;
        }
        if (tolower((unsigned char)name[n]) != *known) return 0;
        n++;
    }
    return n;
}

bool column_name_is(const char *known, const char *name)
{
    size_t n = column_name_begins(known, name);

    while (n && between_words(name[n])) n++;
    return n && !name[n];
}

bool column_name_is_one_of(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (column_name_is(*names, name)) return true;
    return false;
}

/* Length of the part of name that makes it a member of the family, 0 if it is none. */
static size_t member(const char *family, const char *name)
{
    size_t n = column_name_begins(family, name), digits;

    if (!n) return 0;
    digits = n + strspn(name + n, "0123456789");
    if (digits > n && !name[digits]) return n;
    if (!is_separator(name[n])) return 0;
    while (is_separator(name[n]) && name[n + 1]) n++;
    return is_separator(name[n]) ? 0 : n;
}

bool column_name_is_label(const char *text, size_t size)
{
    char word[32];

    if (size >= sizeof word) return false;
    memcpy(word, text, size);
    word[size] = 0;
    return column_name_is_one_of(label_names, word);
}

bool column_name_known(const char *text, size_t size)
{
    static const char *const values[] = {"true", "y", "t", NULL};
    char word[32];

    if (size >= sizeof word) return false;
    memcpy(word, text, size);
    word[size] = 0;
    for (const char *const *v = values; *v; v++)
        if (strcasecmp(*v, word) == 0) return false;
    for (size_t i = 0; i < ROLES; i++)
        if (column_name_is_one_of(roles[i].names, word)) return true;
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

/* Columns that could have a role: one of its names, or the members of one of its families, or those that are
   named 0, 1, 2, ... */
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

static bool in_candidate(const struct column_search *s, const struct candidate *r, size_t i)
{
    uint64_t n;
    const char *name = s->c->name[i];

    if (s->used[i] || i >= s->c->usable) return false;
    if (r->numbers) return number_parse_whole(name, strlen(name), &n);
    return r->family ? member(r->family, name) && !only_words(&s->facts[i]) : i == r->first;
}

/* Are the columns that are named by numbers named 0 … K − 1, each once, K ≥ 2? */
static bool named_by_numbers(const struct column_search *s, size_t *first)
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
static size_t candidates(const struct column_search *s, const struct role *r,
                         struct candidate out[CANDIDATES], size_t count)
{
    const struct columns *c = s->c;

    for (size_t i = 0; i < c->usable; i++)
        if (!s->used[i] && column_name_is_one_of(r->names, c->name[i]) && count < CANDIDATES)
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

static bool two_readings(const struct column_search *s, const struct candidate *a, const struct candidate *b,
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

/* A single column of classes is no candidate where there is another; one of words is none where nothing but
   whole numbers would be left. */
static size_t drop_classes(const struct column_search *s, struct candidate r[CANDIDATES], size_t n)
{
    for (int words = 0; words < 2; words++) {
        size_t kept = 0;

        for (size_t i = 0; i < n; i++) {
            const struct column_facts *f = &s->facts[r[i].first];

            if (r[i].family || r[i].numbers || !column_holds_classes(f) || (words && f->words))
                r[kept++] = r[i];
        }
        if (kept) return kept;
    }
    return n;
}

/* Beside the labels the only column, and named by a number: pandas gave the name. */
static bool lone_number(const struct column_search *s, size_t *column)
{
    const struct columns *c = s->c;
    uint64_t n;

    *column = c->first + s->used[c->first];
    return c->usable - c->first == 2 && !s->used[*column] &&
           number_parse_whole(c->name[*column], strlen(c->name[*column]), &n);
}

/* Is the only candidate a column of words, as predicted classes are? 0,9 and 93% are no words. */
static bool holds_words(const struct column_search *s, const struct candidate *r)
{
    const struct field *f =
        s->data->rows && r->first < s->data->row[0].count ? &s->data->row[0].field[r->first] : NULL;

    return !r->family && only_words(&s->facts[r->first]) && f && f->size &&
           isalpha((unsigned char)*f->text) && !text_missing(f->text, f->size);
}

/* No column has a known name: says what there is, and what it may be. */
static bool none_found(const struct column_search *s, const char *what, const char *option, struct diag *d)
{
    struct candidate r[CANDIDATES];
    bool named = candidates(s, &roles[LOGIT], r, candidates(s, &roles[PROB], r, 0)) > 0,
         labels = s->kind == TABLE_WHOLE && !s->c->labels;
    struct string guess = {0};
    char others[COLUMNS_SHOWN];

    columns_guess(s, s->kind != TABLE_LABELS && !s->c->scores && !named, labels || s->kind == TABLE_LABELS,
                  &guess);
    diag_fail(d, STATUS_DATA, "%s: no column of %s found: name it with %s%s%s%s; %s", s->file, what, option,
              guess.size ? " (judging by the values: " : "", guess.size ? guess.text : "",
              guess.size ? ")" : "", columns_listed(s->c, others));
    string_free(&guess);
    return false;
}

bool find_scores(struct column_search *s, struct diag *d)
{
    struct candidate r[CANDIDATES + 1];
    struct columns *c = s->c;
    size_t room = 0, first = 0, n = candidates(s, &roles[LOGIT], r, candidates(s, &roles[PROB], r, 0));
    char others[COLUMNS_SHOWN];

    if (named_by_numbers(s, &first)) r[n++] = (struct candidate){&roles[PROB], first, NULL, true};
    n = drop_classes(s, r, n);
    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 1 && holds_words(s, r)) {
        const struct field *f = &s->data->row[0].field[r->first];
        char shown[DIAG_SHOWN];

        return diag_fail(
            d, STATUS_DATA,
            "%s: column %.100s holds words, as %s, and no scores: name the column of scores with "
            "--prob or --logit; %s",
            s->file, c->name[r->first], diag_shown(shown, f->text, f->size), columns_listed(c, others));
    }
    if (n == 0 && lone_number(s, &first)) r[n++] = (struct candidate){&roles[PROB], first, NULL, false};
    if (n == 0) return none_found(s, "scores", "--prob or --logit", d);
    for (size_t i = r->first; i < c->usable; i++) {
        if (!in_candidate(s, r, i)) continue;
        c->score = mem_grow(c->score, &room, c->scores + 1, sizeof *c->score);
        c->score[c->scores++] = i;
        s->used[i] = true;
    }
    c->logits = r->role == &roles[LOGIT];
    return c->found_score = true;
}

bool find_label(struct column_search *s, struct diag *d)
{
    struct candidate r[CANDIDATES];
    struct columns *c = s->c;
    size_t n = candidates(s, &roles[LABEL], r, 0);

    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 0 && c->by >= 0 &&
        column_name_is_one_of(label_names, c->name[c->by])) { /* nothing else could be it */
        r[0].first = (size_t)c->by;
        n = 1;
    }
    if (n == 0) return none_found(s, "labels", "--label", d);
    c->label = mem_alloc(1, sizeof *c->label);
    c->label[0] = r->first;
    c->labels = 1;
    s->used[r->first] = true;
    return c->found_label = true;
}

bool find_weight(struct column_search *s, struct diag *d)
{
    struct candidate r[CANDIDATES];
    size_t n = candidates(s, &roles[WEIGHT], r, 0);

    if (n > 1) return two_readings(s, &r[0], &r[1], d);
    if (n == 0) return true;
    s->c->weight = (ptrdiff_t)r->first;
    s->used[r->first] = true;
    return s->c->found_weight = true;
}
