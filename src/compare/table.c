/* table.c: a comparison as tables, for machines and for reading */
#include "compare/compare.h"

#include "compare/letters.h"
#include "compare/moved.h"
#include "compare/words.h"
#include "report/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The columns for machines. */
#define DIFFERENCE(X, name) X(name) X(diff_##name) X(diff_##name##_low) X(diff_##name##_high)
#define COLUMNS(X)                                                                                           \
    X(model)                                                                                                 \
    X(baseline)                                                                                              \
    X(loss)                                                                                                  \
    X(gamma)                                                                                                 \
    X(alpha)                                                                                                 \
    X(beta)                                                                                                  \
    X(easy)                                                                                                  \
    X(examples)                                                                                              \
    X(positives)                                                                                             \
    X(negatives)                                                                                             \
    X(weight)                                                                                                \
    X(clusters)                                                                                              \
    DIFFERENCE(X, mean)                                                                                      \
    DIFFERENCE(X, easy_share)                                                                                \
    DIFFERENCE(X, hard_share)                                                                                \
    DIFFERENCE(X, easy_neg)                                                                                  \
    DIFFERENCE(X, hard_neg)                                                                                  \
    DIFFERENCE(X, easy_pos)                                                                                  \
    DIFFERENCE(X, hard_pos)                                                                                  \
    X(ci)                                                                                                    \
    X(trained)                                                                                               \
    X(best)                                                                                                  \
    X(verdict)

enum {
#define X(name) C_##name,
    COLUMNS(X)
#undef X
        C_COLUMNS
};

static const struct column machine_column[] = {
#define X(name) {#name, #name},
    COLUMNS(X)
#undef X
};

/* Texts that tables point to. */
struct texts {
    char **text;
    size_t count, room;
};

/* Keeps a text, which is emptied. */
static const char *keep_text(struct texts *t, struct string *s)
{
    t->text = mem_grow(t->text, &t->room, t->count + 1, sizeof *t->text);
    t->text[t->count] = mem_copy(s->text, s->size);
    s->size = 0;
    return t->text[t->count++];
}

static void texts_free(struct texts *t)
{
    for (size_t i = 0; i < t->count; i++) free(t->text[i]);
    free(t->text);
}

/* A row: a loss, a threshold, and a model. */
struct result_row {
    const struct comparison *c;
    size_t loss, threshold, model;
    const struct pair_result *result; /* of this model; of the first one's, that beside the second */
};

static double mean_of(const struct result_row *r)
{
    return r->model ? r->result->mean.second : r->result->mean.first;
}

/* Is it of the losses that the models were trained with? */
static bool is_trained(const struct result_row *r)
{
    return r->loss == r->c->request->losses;
}

/* Is its mean the lowest of all models? */
static bool is_best(const struct result_row *r)
{
    double own = mean_of(r);
    bool best = own <= comparison_at(r->c, r->loss, r->threshold, 1)->mean.first;

    for (size_t m = 1; m < r->c->models; m++)
        best = best && own <= comparison_at(r->c, r->loss, r->threshold, m)->mean.second;
    return best;
}

static void put_setting(const struct result_row *r, struct value *loss, struct value *gamma,
                        struct value *alpha, struct value *beta)
{
    const struct row_loss *l = comparison_loss(r->c->request, r->loss, r->model);

    *loss = value_text(l->setting.text);
    *gamma = value_setting(setting_listed(&l->setting, PARAM_GAMMA));
    *alpha = value_setting(l->alpha);
    *beta = value_setting(setting_listed(&l->setting, PARAM_BETA));
}

static void put_estimate(const struct result_row *r, const struct estimate *e, bool share, struct value *cell)
{
    double x = r->model ? e->second : e->first, half = half_width(e, r->c->request->level, r->result->units);

    cell[0] = share ? value_share(x) : value_number(x);
    if (!r->model) return;
    cell[1] = value_number(e->difference);
    cell[2] = value_number(e->difference - half);
    cell[3] = value_number(e->difference + half);
}

static void put_machine(const struct result_row *r, struct value *cell, struct texts *texts)
{
    const struct comparison *c = r->c;
    struct string verdict = {0};

    cell[C_model] = value_text(c->model[r->model].name);
    cell[C_baseline] = value_text(c->model[0].name);
    put_setting(r, &cell[C_loss], &cell[C_gamma], &cell[C_alpha], &cell[C_beta]);
    cell[C_easy] = value_setting(c->request->easy[r->threshold]);
    cell[C_examples] = value_count(r->result->examples);
    if (c->sides) cell[C_positives] = value_count(r->result->examples - r->result->negatives);
    if (c->sides) cell[C_negatives] = value_count(r->result->negatives);
    cell[C_weight] = value_number(r->result->weight);
    if (c->model->input.cluster) cell[C_clusters] = value_count(r->result->units);
    put_estimate(r, &r->result->mean, false, &cell[C_mean]);
    for (int k = 0; k < SHARES; k++) put_estimate(r, &r->result->share[k], true, &cell[C_easy_share + 4 * k]);
    cell[C_ci] = value_setting(c->request->level);
    cell[C_trained] = value_count(is_trained(r));
    if (is_trained(r)) return;
    cell[C_best] = value_count(is_best(r));
    if (r->model) {
        add_verdict(r->result, c->request->level, &verdict);
        cell[C_verdict] = value_text(keep_text(texts, &verdict));
        string_free(&verdict);
    }
}

/* The columns for reading, in their order. */
enum {
    T_MODEL,
    T_LOSS,
    T_GAMMA,
    T_ALPHA,
    T_BETA,
    T_EASY,
    T_MEAN,
    T_MEAN_CHANGE,
    T_FIRST,
    T_FIRST_CHANGE,
    T_SHARE,
    T_BEST = T_SHARE + 3,
    T_COLUMNS
};

static const struct {
    struct column column;
    struct column_fit fit;
} text_column[T_COLUMNS] = {
    [T_MODEL] = {{"", "model"}, {0, 0}},
    [T_LOSS] = {{"", "loss"}, {0, 19}},
    [T_GAMMA] = {{"", "γ"}, {0, 0}},
    [T_ALPHA] = {{"", "α"}, {0, 0}},
    [T_BETA] = {{"", "β"}, {0, 0}},
    [T_EASY] = {{"", "easy ≥"}, {0, 0}},
    [T_MEAN] = {{"", "mean"}, {0, 0}},
    [T_MEAN_CHANGE] = {{"", "to A"}, {0, 0}},
    [T_FIRST] = {{"", "easy neg"}, {0, 0}},
    [T_FIRST_CHANGE] = {{"", "to A"}, {0, 0}},
    [T_SHARE] = {{"", "hard neg"}, {COLUMN_DISPENSABLE + 1, 0}},
    [T_SHARE + 1] = {{"", "easy pos"}, {COLUMN_DISPENSABLE + 2, 0}},
    [T_SHARE + 2] = {{"", "hard pos"}, {COLUMN_DISPENSABLE + 3, 0}},
    [T_BEST] = {{"", "best"}, {0, 0}},
};

static struct value change_of(const struct result_row *r, const struct estimate *e, double unit,
                              struct texts *texts)
{
    double half = half_width(e, r->c->request->level, r->result->units);
    struct string text = {0};
    struct value v;

    if (!r->model || isnan(e->difference)) return value_text("");
    add_change(unit * e->difference, unit * half, false, &text);
    v = value_text(keep_text(texts, &text));
    string_free(&text);
    return v;
}

static void put_text(const struct result_row *r, struct value *cell, struct texts *texts)
{
    const struct pair_result *p = r->result;
    enum share first = r->c->sides ? SHARE_EASY_NEG : SHARE_EASY;
    struct string letter = {0};

    add_letter(r->model, &letter);
    cell[T_MODEL] = value_text(keep_text(texts, &letter));
    string_free(&letter);
    put_setting(r, &cell[T_LOSS], &cell[T_GAMMA], &cell[T_ALPHA], &cell[T_BETA]);
    cell[T_EASY] = value_setting(r->c->request->easy[r->threshold]);
    cell[T_MEAN] = value_number(mean_of(r));
    cell[T_MEAN_CHANGE] = change_of(r, &p->mean, 1, texts);
    for (size_t k = 0; k < (r->c->sides ? 4 : 2); k++) {
        const struct estimate *e = &p->share[first + k];

        cell[k ? T_SHARE + k - 1 : T_FIRST] = value_share(r->model ? e->second : e->first);
    }
    cell[T_FIRST_CHANGE] = change_of(r, &p->share[first], 100, texts);
    cell[T_BEST] = value_text(!is_trained(r) && is_best(r) ? "best" : "");
    if (!is_trained(r)) return;
    string_printf(&letter, "trained: %s", cell[T_LOSS].as.text);
    cell[T_LOSS] = value_text(keep_text(texts, &letter));
    string_free(&letter);
}

/* Which columns for reading say anything. */
static void find_telling(const struct comparison *c, bool *telling)
{
    const struct compare_request *q = c->request;

    for (size_t i = 0; i < T_COLUMNS; i++) telling[i] = true;
    telling[T_GAMMA] = telling[T_ALPHA] = telling[T_BETA] = false;
    telling[T_EASY] = q->thresholds > 1;
    telling[T_BEST] = c->models > 2;
    telling[T_SHARE + 1] = telling[T_SHARE + 2] = c->sides;
    for (size_t l = 0; l < comparison_losses(q); l++)
        for (size_t m = 0; m < c->models; m++) {
            const struct row_loss *loss = comparison_loss(q, l, m);

            telling[T_GAMMA] |= !isnan(setting_listed(&loss->setting, PARAM_GAMMA));
            telling[T_ALPHA] |= !isnan(loss->alpha);
            telling[T_BETA] |= !isnan(setting_listed(&loss->setting, PARAM_BETA));
        }
}

typedef void put_row(const struct result_row *r, struct value *cell, struct texts *texts);

static void put_rows(const struct comparison *c, put_row *put, struct table *t, struct texts *texts)
{
    const struct compare_request *q = c->request;

    for (size_t l = 0; l < comparison_losses(q); l++)
        for (size_t e = 0; e < q->thresholds; e++)
            for (size_t m = 0; m < c->models; m++) {
                const struct result_row row = {c, l, e, m, comparison_at(c, l, e, m ? m : 1)};

                put(&row, table_row(t), texts);
            }
}

/* Leaves out the columns that say nothing. */
static void keep_columns(struct table *t, const bool *telling, size_t columns)
{
    size_t kept = 0;

    for (size_t i = 0; i < t->row_count * columns; i++)
        if (telling[i % columns]) t->value[kept++] = t->value[i];
}

static void put_reading(const struct comparison *c, const struct output_format *form, const struct page *page,
                        struct string *out)
{
    struct column column[T_COLUMNS];
    struct column_fit fit[T_COLUMNS];
    bool telling[T_COLUMNS];
    struct texts texts = {0};
    struct table t;
    size_t kept = 0;

    find_telling(c, telling);
    for (size_t i = 0; i < T_COLUMNS; i++) {
        if (!telling[i]) continue;
        column[kept] = text_column[i].column;
        fit[kept] = text_column[i].fit;
        if (!c->sides && i == T_FIRST) column[kept].heading = "easy";
        if (!c->sides && i == T_SHARE) column[kept].heading = "hard";
        kept++;
    }
    table_init(&t, NULL, T_COLUMNS);
    put_rows(c, put_text, &t, &texts);
    keep_columns(&t, telling, T_COLUMNS);
    t.column = column;
    t.column_count = kept;
    t.fit = fit;
    form->table(&t, page, out);
    table_free(&t);
    texts_free(&texts);
}

/* A blank line behind what stands there. */
static void end_block(struct string *out)
{
    while (out->size < 2 || memcmp(out->text + out->size - 2, "\n\n", 2) != 0) string_putc(out, '\n');
}

static void put_sentence(const struct output_format *form, const struct page *page, struct string *sentence,
                         struct string *out)
{
    form->sentences(sentence->text, page, out);
    sentence->size = 0;
}

/* Its lines are not fitted to the page, as the report's are not. */
static void put_heading(const struct comparison *c, const struct output_format *form, struct string *out)
{
    const struct page wide = {.text = {SIZE_MAX / 2, false}}, *page = &wide;
    const struct pair_result *r = comparison_at(c, 0, 0, 1);
    struct counts n = {.examples = r->examples};
    struct string line = {0};

    if (c->sides) n.positives = r->examples - r->negatives;
    if (c->sides) n.negatives = r->negatives;
    for (size_t m = 0; m < c->models; m++) {
        add_letter(m, &line);
        string_puts(&line, "  ");
        summary_add_source(&c->model[m].facts, &line);
        summary_add_asides(&c->model[m].facts.counts, &line);
        put_sentence(form, page, &line, out);
    }
    summary_add_examples(&c->model[0].facts, &n, &line);
    if (c->model->input.cluster) {
        string_printf(&line, "; %llu clusters by ", (unsigned long long)r->units);
        summary_add_columns(&c->model->facts.cluster, &line);
    }
    if (c->left_out)
        string_printf(&line, "; %llu row%s not in all files", (unsigned long long)c->left_out,
                      c->left_out == 1 ? " is" : "s are");
    put_sentence(form, page, &line, out);
    string_free(&line);
}

static void put_findings(const struct comparison *c, const struct output_format *form,
                         const struct page *page, struct string *out)
{
    struct string line = {0};

    for (size_t l = 0; l < c->request->losses; l++)
        for (size_t m = 1; m < c->models; m++) {
            add_finding(c, l, 0, m, &line);
            put_sentence(form, page, &line, out);
        }
    for (size_t m = 1; m < c->models; m++) {
        add_answer(c, m, &line);
        put_sentence(form, page, &line, out);
    }
    string_free(&line);
}

static void put_machines(const struct comparison *c, const struct output_format *form,
                         const struct page *page, struct string *out)
{
    struct texts texts = {0};
    struct table t;

    table_init(&t, machine_column, C_COLUMNS);
    put_rows(c, put_machine, &t, &texts);
    form->table(&t, page, out);
    table_free(&t);
    texts_free(&texts);
}

static void put_moved(const struct comparison *c, const struct output_format *form, const struct page *page,
                      struct string *out)
{
    struct table t;

    if (form->sentences) put_heading(c, form, out);
    if (form->sentences) end_block(out);
    moved_table(c->moved, form->sentences != NULL, &t);
    form->table(&t, page, out);
    table_free(&t);
}

void comparison_write(const struct comparison *c, const struct output_format *form, const struct page *page,
                      struct string *out)
{
    if (c->moved) {
        put_moved(c, form, page, out);
        return;
    }
    if (!form->sentences) {
        put_machines(c, form, page, out);
        return;
    }
    put_heading(c, form, out);
    end_block(out);
    put_reading(c, form, page, out);
    end_block(out);
    put_findings(c, form, page, out);
    while (out->text[out->size - 2] == '\n') out->size--;
}
