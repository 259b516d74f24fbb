/* header.c: whether the first row of a file is a header */
#include "examples/header.h"

#include "base/number.h"
#include "base/text.h"
#include "examples/column_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static enum field_kind kind_of(const struct table_head *t, size_t column)
{
    return field_kind(&t->row[0].field[column]);
}

static bool is_whole(const struct field *f)
{
    uint64_t n;
    bool negative = f->size && *f->text == '-';

    return f->size == 0 || number_parse_whole(f->text + negative, f->size - negative, &n);
}

bool header_counts(const struct row *r, size_t columns)
{
    size_t first = columns > 1 && r->field[0].size == 0;

    for (size_t i = first; i < columns; i++) {
        const struct field *f = &r->field[i];
        uint64_t n;

        if (!number_parse_whole(f->text, f->size, &n) || n != i - first || (f->size > 1 && *f->text == '0'))
            return false;
    }
    return columns > 0;
}

static bool same_fields(const struct row *a, const struct row *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->field[i].size != b->field[i].size ||
            memcmp(a->field[i].text, b->field[i].text, a->field[i].size) != 0)
            return false;
    return true;
}

/* Does the first row come again? */
static bool repeats(const struct table_head *t)
{
    for (size_t i = 1; i < t->rows; i++)
        if (same_fields(&t->row[0], &t->row[i])) return true;
    return false;
}

/* Is a list of columns one that only a header can settle? */
static bool by_name(const struct table_head *t, const char *list)
{
    size_t *index, count;
    bool numbers;

    if (!list || !*list || strcmp(list, "*") == 0) return false;
    numbers = columns_by_number(t->row[0].count, list, &index, &count);
    free(index);
    return !numbers;
}

static bool any_by_name(const struct input *in, const struct table_head *t)
{
    const char *comma = in->key ? strchr(in->key, ',') : NULL;
    char *first = in->key ? mem_copy(in->key, comma ? (size_t)(comma - in->key) : strlen(in->key)) : NULL;
    bool key = by_name(t, t->kind == TABLE_LABELS && comma ? comma + 1 : first);

    free(first);
    if (key || (t->kind != TABLE_SCORES && by_name(t, in->label))) return true;
    return t->kind != TABLE_LABELS &&
           (by_name(t, in->prob) || by_name(t, in->logit) || by_name(t, in->weight) || by_name(t, in->by) ||
            by_name(t, in->cluster) || by_name(t, in->predicted));
}

/* Column 0 names the rows, where it has no name itself. */
static size_t first_column(const struct table_head *t)
{
    return t->columns > 1 && t->row[0].field[0].size == 0;
}

static void mark(const char *list, size_t columns, bool *flag)
{
    size_t *index, count;

    if (list && columns_by_number(columns, list, &index, &count))
        for (size_t i = 0; i < count; i++) flag[index[i]] = true;
    else
        index = NULL;
    free(index);
}

/* Does the first of two columns hold labels alone, and the second numbers that are none? Of a single row: a
   word and a fraction. */
static bool labels_first(const struct table_head *t, size_t first)
{
    const struct column_facts *a = &t->facts[first], *b = a + 1;

    if (t->rows == 1)
        return kind_of(t, first) == FIELD_WORD && kind_of(t, first + 1) == FIELD_NUMBER &&
               !is_whole(&t->row[0].field[first + 1]);
    return a->labels && a->labels == a->numbers + a->words && b->numbers && !b->words &&
           (b->labels < b->numbers || a->words);
}

/* Which columns would hold the scores and the labels if there were no header. False: that is not known. */
static bool roles_without_header(const struct input *in, const struct table_head *t, bool *score, bool *label)
{
    size_t first = first_column(t), columns = t->row[0].count;
    const char *list = in->prob ? in->prob : in->logit;
    bool named = false;

    if (t->kind == TABLE_WHOLE) mark(in->label, columns, label);
    for (size_t i = 0; i < columns; i++) named = named || label[i];
    if (list && strcmp(list, "*") != 0) {
        mark(list, columns, score);
        return true;
    }
    if (list || t->kind == TABLE_SCORES) {
        for (size_t i = first; i < t->columns; i++) score[i] = !label[i];
        return true;
    }
    if (t->columns - first != 2) return false;
    if (!named) label[first + !labels_first(t, first)] = true;
    for (size_t i = first; i < t->columns; i++) score[i] = !label[i];
    return true;
}

/* What a text says that stands where no number has to be. */
static enum header judge_text(const struct table_head *t, const bool *score, const bool *label)
{
    enum header result = HEADER_NO;

    for (size_t i = 0; i < t->columns; i++) {
        const struct field *f = &t->row[0].field[i];
        const struct column_facts *below = &t->facts[i];

        if (score[i] || kind_of(t, i) != FIELD_WORD || !below->numbers || below->words) continue;
        if (!label[i] || column_name_is_label(f->text, f->size)) return HEADER_YES;
        result = HEADER_EITHER;
    }
    return result;
}

/* The first row counts 0, 1, 2, ... as pandas names columns. Can it be data all the same? */
static enum header judge_counting(const struct input *in, const struct table_head *t, const bool *score)
{
    size_t first = first_column(t), scores = 0;
    bool whole = false;

    /* an unnamed index, or a first field that is missing */
    if (first) return t->facts[0].whole == t->facts[0].numbers ? HEADER_YES : HEADER_NO;
    if (t->columns < 2 || t->rows < 2 || repeats(t)) return HEADER_EITHER;
    for (size_t i = 0; i < t->columns; i++) {
        scores += score[i];
        whole = whole || (score[i] && t->facts[i].whole);
    }
    /* probabilities of exactly 0 and 1, or logits without fractions */
    return whole && (scores < 3 || in->logit) ? HEADER_EITHER : HEADER_YES;
}

/* Does the first row's field stand in that column again? */
static bool comes_again(const struct table_head *t, size_t column)
{
    const struct field *f = &t->row[0].field[column];

    for (size_t i = 1; i < t->rows; i++) {
        const struct field *g = column < t->row[i].count ? &t->row[i].field[column] : NULL;

        if (g && g->size == f->size && memcmp(g->text, f->text, f->size) == 0) return true;
    }
    return false;
}

/* Can the first row be data with signs instead of a number (a typographic minus, ?, $5)? Then no score has a
   name, and the label is a number of those below. */
static bool may_be_bad_row(const struct table_head *t, const bool *score, const bool *label)
{
    bool any = false;

    for (size_t i = 0; i < t->columns; i++) {
        const struct field *f = &t->row[0].field[i];

        if (score[i] && (kind_of(t, i) != FIELD_WORD || isalpha((unsigned char)*f->text))) return false;
        if (label[i] && (kind_of(t, i) != FIELD_NUMBER || !comes_again(t, i))) return false;
        any = any || label[i];
    }
    return any;
}

static enum header judge_scores(const struct input *in, const struct table_head *t, const bool *score,
                                const bool *label)
{
    enum header text;

    for (size_t i = 0; i < t->columns; i++)
        if (score[i] && kind_of(t, i) != FIELD_WORD && !is_whole(&t->row[0].field[i])) return HEADER_NO;
    for (size_t i = 0; i < t->columns; i++)
        if (score[i] && kind_of(t, i) == FIELD_WORD)
            return may_be_bad_row(t, score, label) ? HEADER_EITHER : HEADER_YES;
    text = judge_text(t, score, label);
    if (text != HEADER_NO || !header_counts(&t->row[0], t->columns)) return text;
    return judge_counting(in, t, score);
}

/* A file of labels. A header that is not seen is seen later: there is one label too many. */
static enum header judge_labels(const struct input *in, const struct table_head *t)
{
    bool *label = mem_alloc(t->row[0].count, sizeof *label), any = false;
    enum header result = HEADER_NO;

    mark(in->label, t->row[0].count, label);
    for (size_t i = 0; i < t->row[0].count; i++) any = any || label[i];
    for (size_t i = 0; i < t->columns && result == HEADER_NO; i++) {
        const struct field *f = &t->row[0].field[i];
        bool valid = labels_of_text(t->labels, f->text, f->size) != LABEL_BAD, below = t->rows > 1;

        if (kind_of(t, i) != FIELD_WORD) continue;
        if (column_name_known(f->text, f->size) && !comes_again(t, i)) result = HEADER_YES;
        if (valid && (any ? label[i] : t->columns == 1)) continue;
        for (size_t r = 1; r < t->rows && below; r++)
            below = i < t->row[r].count &&
                    labels_of_text(t->labels, t->row[r].field[i].text, t->row[r].field[i].size) != LABEL_BAD;
        if ((t->facts[i].numbers && !t->facts[i].words) || (below && !valid)) result = HEADER_YES;
    }
    if (result == HEADER_NO && header_counts(&t->row[0], t->columns) && !repeats(t) &&
        (first_column(t) || t->columns > 2))
        result = HEADER_YES;
    free(label);
    return result;
}

enum header header_judge(const struct input *in, const struct table_head *t)
{
    bool *score, *label;
    enum header result = HEADER_NO;

    if (in->header >= 0) return in->header ? HEADER_YES : HEADER_NO;
    if (any_by_name(in, t)) return HEADER_YES;
    if (t->kind == TABLE_LABELS) return judge_labels(in, t);
    score = mem_alloc(t->row[0].count, sizeof *score);
    label = mem_alloc(t->row[0].count, sizeof *label);
    mark(in->weight, t->row[0].count, score); /* has to be a number, too */
    if (roles_without_header(in, t, score, label)) {
        result = judge_scores(in, t, score, label);
    } else {
        for (size_t i = 0; i < t->columns; i++)
            if (kind_of(t, i) == FIELD_WORD) result = HEADER_YES;
        if (result == HEADER_NO && header_counts(&t->row[0], t->columns))
            result = judge_counting(in, t, score);
    }
    free(score);
    free(label);
    return result;
}
