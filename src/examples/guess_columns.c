/* guess_columns.c: what columns that nobody named may be, judging by their values; for messages only */
#include "examples/guess_columns.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_VALUES = 50, ROWS = 300 };

/* What the first rows hold in a column. */
struct value_facts {
    /* of the rows that are not empty; inside: from 0 to 1; positive: above 0 */
    size_t rows, numbers, whole, inside, positive;
    size_t different; /* texts, at most FEW_VALUES + 1 */
};

static bool is_same(const struct field *a, const struct field *b)
{
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

static struct value_facts look_at(const struct column_search *s, size_t column)
{
    const struct field *had[FEW_VALUES + 1];
    struct value_facts v = {0};

    for (size_t i = 0; i < s->data->rows && i < ROWS; i++) {
        const struct row *r = &s->data->row[i];
        const struct field *f = column < r->count ? &r->field[column] : NULL;
        size_t k = 0;
        double x;

        if (!f || text_missing(f->text, f->size)) continue;
        v.rows++;
        if (number_parse(f->text, f->size, &x)) {
            v.numbers++;
            v.whole += x == floor(x);
            v.inside += x >= 0 && x <= 1;
            v.positive += x > 0;
        }
        while (k < v.different && !is_same(had[k], f)) k++;
        if (k == v.different && k <= FEW_VALUES) had[v.different++] = f;
    }
    return v;
}

/* Words, or whole numbers, that come again. */
static bool can_be_labels(const struct value_facts *v)
{
    return v->rows && v->different > 1 && v->different <= FEW_VALUES &&
           (v->different < v->rows || v->rows == 2) && (v->numbers == 0 || v->whole == v->rows);
}

static bool can_be_probs(const struct value_facts *v)
{
    return v->rows && v->inside == v->rows && v->whole < v->rows;
}

/* Numbers none of which is above 0 may as well be logarithms of probabilities. */
static bool can_be_logits(const struct value_facts *v)
{
    return v->rows && v->numbers == v->rows && v->whole < v->rows && v->inside < v->rows && v->positive;
}

static bool add_to_1(const struct column_search *s, const struct column_picks *p)
{
    for (size_t i = 0; i < s->data->rows && i < ROWS; i++) {
        double sum = 0, x;

        for (size_t k = 0; k < p->count; k++) {
            const struct row *r = &s->data->row[i];
            const struct field *f = p->index[k] < r->count ? &r->field[p->index[k]] : NULL;

            if (!f || !number_parse(f->text, f->size, &x)) return false;
            sum += x;
        }
        if (!(fabs(sum - 1) <= 0.01)) return false;
    }
    return true;
}

/* Appends an option with these columns; nothing where their names are hard to say. */
static void put_option(const struct column_search *s, const char *option, const struct column_picks *p,
                       struct string *out)
{
    const struct columns *c = s->c;
    bool apart = false, quote = false;
    double x;
    struct string list = {0};

    for (size_t i = 0; i < p->count; i++) {
        const char *name = c->name ? c->name[p->index[i]] : "";

        apart = apart || (i && p->index[i] != p->index[i - 1] + 1);
        quote = quote || strpbrk(name, " ()[]&;<>|$`\\!*?#~");
        if (strpbrk(name, ",'\"") || number_parse(name, strlen(name), &x) || (c->name && !*name) ||
            (p->count > 6 && strchr(name, '-')))
            p = NULL;
        if (!p) return;
    }
    if (c->name && p->count > 6 && !apart)
        string_printf(&list, "%s-%s", c->name[p->index[0]], c->name[p->index[p->count - 1]]);
    else
        columns_list(c, p->index, p->count, &list);
    if (list.size < 200)
        string_printf(out, "%s%s %s%s%s", out->size ? " " : "", option, quote ? "'" : "", list.text,
                      quote ? "'" : "");
    string_free(&list);
}

void columns_guess(const struct column_search *s, bool scores, bool labels, struct string *out)
{
    struct column_picks label = {0}, prob = {0}, logit = {0}, hot = {0};
    bool softmax;

    for (size_t i = s->c->first; i < s->c->usable; i++) {
        struct value_facts v = look_at(s, i);

        if (s->used[i]) continue;
        if (can_be_labels(&v)) columns_pick(&label, i);
        if (can_be_probs(&v)) columns_pick(&prob, i);
        if (can_be_logits(&v)) columns_pick(&logit, i);
        if (v.rows && v.whole == v.rows && v.inside == v.rows) columns_pick(&hot, i);
    }
    softmax = prob.count > 1 && add_to_1(s, &prob);
    if (scores && (prob.count == 1 || softmax))
        put_option(s, "--prob", &prob, out);
    else if (scores && !prob.count && logit.count == 1)
        put_option(s, "--logit", &logit, out);
    if (labels && softmax && hot.count == prob.count && add_to_1(s, &hot)) {
        put_option(s, "--label", &hot, out);
        string_puts(out, " --task softmax");
    } else if (labels && label.count == 1) {
        put_option(s, "--label", &label, out);
    }
    free(label.index);
    free(prob.index);
    free(logit.index);
    free(hot.index);
}
