/* explain.c: one row to its examples: everything is checked, every mistake has its message */
#include "base/number.h"
#include "base/text.h"
#include "examples/converter.h"
#include "examples/label_file.h"
#include "examples/softmax.h"
#include "loss/tail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double rounding = 1e-6; /* a probability this far out of [0, 1] is float32's rounding */

/* Counts the row as bad and, if it is among the first, says why. column: −1 for the row as a whole. Returns
   false. */
static bool bad(struct converter *c, ptrdiff_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool bad(struct converter *c, ptrdiff_t column, const char *format, ...)
{
    char what[1024], where[DIAG_SHOWN + 16] = "", shown[DIAG_SHOWN];
    struct string text = {0};
    va_list args;

    counts_of_row(c)->bad++;
    if (!bad_rows_wanted(c->bad_rows, c->batch->number)) return false;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (column >= 0)
        snprintf(where, sizeof where,
                 "column %s: ", columns_shown(&c->file_schema->columns, (size_t)column, shown));
    string_printf(&text, c->file_schema->array ? "%s: row %llu: %s%s" : "%s:%llu: %s%s", c->batch->file->name,
                  (unsigned long long)c->row.line, where, what);
    bad_rows_add(c->bad_rows, c->batch->number, c->row.place, text.text);
    string_free(&text);
    return false;
}

/* Behind the message of a row that may well be left out. */
static const char *leave_out(const struct converter *c)
{
    return c->schema->in->skip_bad ? "" : "; --bad-rows skip leaves such rows out";
}

/* A field's text as messages show it. */
static const char *shown_field(const struct converter *c, size_t column, char out[DIAG_SHOWN])
{
    char scratch[NUMBER_SIZE];
    struct field f = row_text(&c->row, column, scratch);

    return diag_shown(out, f.text, f.size);
}

/* The option that would read the scores as logits. */
static const char *as_logits(const struct converter *c, char out[DIAG_SHOWN])
{
    const struct columns *columns = &c->file_schema->columns;
    struct string list = {0};

    columns_list(columns, columns->score, columns->scores, &list);
    if (list.size <= 60)
        snprintf(out, DIAG_SHOWN, "--logit %s", list.text);
    else
        snprintf(out, DIAG_SHOWN, "--logit in place of --prob");
    string_free(&list);
    return out;
}

/* A number with the decimal sign in force. */
static bool number_of(const struct schema *schema, const struct field *f, double *out)
{
    struct string text = {0};
    bool ok;

    if (schema->in->decimal != ',' || !memchr(f->text, ',', f->size))
        return !(schema->in->decimal == ',' && memchr(f->text, '.', f->size)) &&
               number_parse(f->text, f->size, out);
    if (memchr(f->text, '.', f->size)) return false;
    string_add(&text, f->text, f->size);
    for (size_t i = 0; i < f->size; i++)
        if (text.text[i] == ',') text.text[i] = '.';
    ok = number_parse(text.text, text.size, out);
    string_free(&text);
    return ok;
}

/* Are thousands set apart by the sign that is not the decimal one: 1,234.5? */
static bool has_thousands(const struct field *f, char decimal)
{
    char mark = decimal == ',' ? '.' : ',';
    size_t i = *f->text == '-' || *f->text == '+', digits = 0, groups = 0;

    for (; i < f->size && f->text[i] != (decimal == ',' ? ',' : '.'); i++) {
        bool digit = f->text[i] >= '0' && f->text[i] <= '9';

        if (!digit && (f->text[i] != mark || !digits || digits > 3 || (groups && digits != 3))) return false;
        groups += !digit;
        digits = digit ? digits + 1 : 0;
    }
    return groups > 0 && digits == 3;
}

/* What would make a number of a field that is none. */
static const char *number_help(const struct converter *c, const struct field *f)
{
    struct input with_commas = {.decimal = ','};
    struct field part = {.text = f->text, .size = f->size - 1};
    double x;

    if (strchr("[(", *f->text)) return ": a list of numbers; write its items as columns of their own";
    if (f->text[f->size - 1] == '%' && number_of(c->schema, &part, &x))
        return ": per cent; take away the % and divide by 100";
    if (has_thousands(f, c->schema->in->decimal) && memchr(f->text, c->schema->in->decimal, f->size))
        return ": thousands are set apart; write the number without such marks";
    if (c->schema->in->decimal == ',' || !number_of(&(struct schema){.in = &with_commas}, f, &x))
        return leave_out(c);
    return c->batch->file->dialect.delimiter == ',' ? "; with decimal commas, use --decimal , -d ,"
                                                    : "; with decimal commas, use --decimal ,";
}

/* The number in a column. */
static bool read_number(struct converter *c, size_t column, double *out)
{
    const struct field *f;
    char shown[DIAG_SHOWN];
    const char *help = "";
    double x;

    if (row_number(&c->row, column, out))
        return !isnan(*out) || bad(c, (ptrdiff_t)column, "nan is not a number%s", leave_out(c));
    f = &c->row.text.field[column];
    if (number_of(c->schema, f, out) && !isnan(*out)) return true;
    if (f->size == 0)
        return bad(c, (ptrdiff_t)column, "an empty field where a number should be%s", leave_out(c));
    help = number_of(c->schema, f, &x) || text_missing(f->text, f->size) ? leave_out(c) : number_help(c, f);
    return bad(c, (ptrdiff_t)column, "%s is not a number%s", shown_field(c, column, shown), help);
}

/* A probability, put into [0, 1] where rounding took it out of there. */
static bool read_prob(struct converter *c, size_t class, bool *clamped)
{
    size_t column = c->file_schema->columns.score[class];
    double p;
    char shown[DIAG_SHOWN], option[DIAG_SHOWN];

    if (!read_number(c, column, &p)) return false;
    shown_field(c, column, shown);
    if (p > 30 && p <= 100)
        return bad(c, (ptrdiff_t)column, "%s is no probability (0 to 1); if it is per cent, divide by 100",
                   shown);
    if (p < -rounding || p > 1 + rounding)
        return bad(c, (ptrdiff_t)column, "%s is no probability (0 to 1); if these are logits, use %s%s",
                   shown, as_logits(c, option),
                   p > 1 && p <= 30 ? "; if they are per cent, divide by 100"
                   : p < 0 && c->file_schema->columns.scores == 1
                       ? "; if they are logarithms of probabilities, take exp of them"
                       : "");
    *clamped = p < 0 || p > 1;
    c->score[class] = p <= 0 ? 0 : p > 1 ? 1 : p; /* −0 becomes 0 */
    return true;
}

/* Counts the probabilities that were clamped; of softmax, that of the true class alone. */
static bool read_scores(struct converter *c, ptrdiff_t true_class, size_t *clamped)
{
    for (size_t k = 0; k < schema_score_count(c->schema); k++) {
        bool out = false;

        if (c->schema->facts->logits) {
            if (!read_number(c, c->file_schema->columns.score[k], &c->score[k])) return false;
        } else if (!read_prob(c, k, &out)) {
            return false;
        }
        *clamped += out && (true_class < 0 || true_class == (ptrdiff_t)k);
    }
    return true;
}

/* The tail of a score that is asked one yes-or-no question. */
static void emit_score(struct converter *c, double score, bool positive, size_t part, int side)
{
    double x = positive ? score : -score, tail = tail_of_xt(x);

    if (c->schema->facts->logits)
        emit_example(c, tail, tail_rest(x, tail), part, side);
    else
        emit_example(c, tail_of_prob(score, positive), 0, part, side);
}

static void emit_sides(struct converter *c)
{
    const struct facts *f = c->schema->facts;

    for (size_t k = 0; k < f->classes; k++) {
        int side = f->task == TASK_MULTILABEL ? c->label[k]
                                              : c->label[0] == (int32_t)k && f->background != (ptrdiff_t)k;

        if (f->task == TASK_SIGMOID && f->background == (ptrdiff_t)k)
            continue; /* the background's column is no question */
        if (side >= 0) emit_score(c, c->score[k], side, schema_part(c->schema, k, side), side);
    }
}

/* The probabilities must add to 1. */
static bool adds_to_1(struct converter *c)
{
    const struct columns *columns = &c->file_schema->columns;
    char first[DIAG_SHOWN], last[DIAG_SHOWN], total[NUMBER_SIZE], option[DIAG_SHOWN];
    double sum = 0;

    for (size_t k = 0; k < columns->scores; k++) sum += c->score[k];
    if (fabs(sum - 1) <= SUM_WITHIN) return true;
    number_format(sum, total);
    return bad(c, -1,
               "columns %s to %s: the probabilities add to %.8s, not to 1; --renormalize divides by their "
               "sum; if these are logits, use %s%s",
               columns_shown(columns, columns->score[0], first),
               columns_shown(columns, columns->score[columns->scores - 1], last), total, as_logits(c, option),
               columns->found_score && columns->name
                   ? "; if they are scores of several models, name one with --prob"
                   : "");
}

/* A row of softmax probabilities whose sum is not checked: of the classes but the true one, no more than that
   they are numbers. */
static bool read_true_prob(struct converter *c, size_t class, size_t *clamped)
{
    double x;
    bool out;

    for (size_t k = 0; k < schema_score_count(c->schema); k++) {
        if (!read_number(c, c->file_schema->columns.score[k], &x)) return false;
        if (isinf(x) && !read_prob(c, k, &out)) return false;
    }
    if (!read_prob(c, class, &out)) return false;
    *clamped += out;
    return true;
}

static bool take_softmax(struct converter *c)
{
    const struct facts *f = c->schema->facts;
    size_t class = (size_t)c->label[0], clamped = 0;
    bool renormalize = c->schema->in->renormalize;
    bool all = f->logits || renormalize || sum_is_checked(c->schema, c->row.line);
    double tail;
    int side;

    if (!(all ? read_scores(c, (ptrdiff_t) class, &clamped) : read_true_prob(c, class, &clamped)))
        return false;
    if (f->logits)
        tail = softmax_of_logits(c->score, f->classes, 1, class);
    else if (renormalize)
        tail = softmax_of_shares(c->score, f->classes, class);
    else if (all && !adds_to_1(c))
        return false;
    else
        tail = tail_of_pt(c->score[class]);
    if (isnan(tail))
        return bad(c, -1,
                   f->logits ? "infinite logits that leave no probability" : "probabilities that add to 0");
    counts_of_row(c)->clamped += clamped;
    if (f->predictions)
        c->prediction =
            (struct prediction){(uint32_t) class, (uint32_t)softmax_largest(c->score, f->classes, 1)};
    side = f->background < 0 ? -1 : f->background != (ptrdiff_t) class;
    emit_example(c, tail, 0, schema_part(c->schema, class, side), side);
    return true;
}

static bool take_scores(struct converter *c)
{
    size_t clamped = 0;

    if (facts_is_softmax(c->schema->facts)) return take_softmax(c);
    if (!read_scores(c, -1, &clamped)) return false;
    counts_of_row(c)->clamped += clamped;
    if (c->schema->facts->scores == 1)
        emit_score(c, c->score[0], c->label[0] == c->predicted, (size_t)c->label[0], c->label[0]);
    else
        emit_sides(c);
    return true;
}

/* The label in a column. */
static int32_t label_of(struct converter *c, size_t column, char why[LABELS_SHOWN])
{
    const struct labels *labels = &c->schema->labels;
    char scratch[NUMBER_SIZE];
    struct field f;
    double x;
    int32_t code;

    if (c->labels.left) {
        f = row_text(&c->row, column, scratch);
        label_watch_text(&c->labels, f.text, f.size);
    }
    if (row_number(&c->row, column, &x) && !isnan(x)) {
        code = labels_of_number(labels, x);
        if (code != LABEL_BAD) return code;
    }
    f = row_text(&c->row, column, scratch);
    code = labels_of_text(labels, f.text, f.size);
    if (code == LABEL_BAD) labels_explain(labels, f.text, f.size, why);
    return code;
}

/* One label. False where it is bad. */
static bool read_label(struct converter *c, size_t k)
{
    const struct columns *columns = &c->file_schema->columns;
    const struct schema *schema = c->schema;
    char why[LABELS_SHOWN], scratch[NUMBER_SIZE];
    struct field key;

    if (!schema->label_file) {
        c->label[k] = label_of(c, columns->label[k], why);
        return c->label[k] != LABEL_BAD || bad(c, (ptrdiff_t)columns->label[k], "%s", why);
    }
    if (columns->key < 0) {
        c->label[k] = label_file_of_row(schema->label_file, c->row.number, k);
        return c->label[k] != LABEL_BAD ||
               bad(c, -1, "%s", label_file_explain(schema->label_file, NULL, 0, why));
    }
    key = row_text(&c->row, (size_t)columns->key, scratch);
    c->label[k] = label_file_of_key(schema->label_file, key.text, key.size, k);
    return c->label[k] != LABEL_BAD ||
           bad(c, columns->key, "%s", label_file_explain(schema->label_file, key.text, key.size, why));
}

/* The class of one-hot labels: the one that is 1. */
static bool join_one_hot(struct converter *c, bool ignored)
{
    size_t ones = 0, class = 0;

    for (size_t k = 0; k < c->schema->facts->classes; k++)
        if (c->label[k] == 1) ones++, class = k;
    if (ones != 1 && !ignored)
        return bad(c, (ptrdiff_t)c->file_schema->columns.label[0],
                   "%zu of the row's labels are 1, where one should be (--task softmax)", ones);
    c->label[0] = ignored ? LABEL_IGNORED : (int32_t) class;
    return true;
}

/* The side of the class that the score is the confidence in; without such a column, the positive. */
static bool read_predicted(struct converter *c)
{
    ptrdiff_t column = c->file_schema->columns.predicted;
    char why[LABELS_SHOWN] = "an ignored label is the predicted class";

    c->predicted = 1;
    if (column < 0) return true;
    c->predicted = label_of(c, (size_t)column, why);
    return c->predicted >= 0 || bad(c, column, "%s", why);
}

/* The labels of the row. *ignored: every one of them is ignored. */
static bool read_labels(struct converter *c, bool *ignored)
{
    *ignored = true;
    for (size_t k = 0; k < schema_label_count(c->schema); k++) {
        if (!read_label(c, k)) return false;
        *ignored = *ignored && c->label[k] == LABEL_IGNORED;
    }
    if (c->schema->one_hot && !join_one_hot(c, *ignored)) return false;
    c->labels.first_class = c->labels.first_class || c->label[0] == 0;
    c->labels.last_class = c->labels.last_class || c->label[0] == (int32_t)c->schema->classes - 1;
    return true;
}

static bool read_weight(struct converter *c)
{
    ptrdiff_t column = c->file_schema->columns.weight;
    char shown[DIAG_SHOWN];

    c->weight = 1;
    if (column < 0) return true;
    if (!read_number(c, (size_t)column, &c->weight)) return false;
    if (c->weight < 0 || isinf(c->weight))
        return bad(c, column, "%s is no weight (a number from 0 on)", shown_field(c, (size_t)column, shown));
    return true;
}

/* As many fields as there are columns; where an empty one stands behind the last, nothing may be in it. */
static bool check_count(struct converter *c)
{
    const struct columns *columns = &c->file_schema->columns;
    char first, help[80] = "", scratch[NUMBER_SIZE];

    if (c->row.count == columns->count &&
        (!columns->row_ends || !row_text(&c->row, columns->count - 1, scratch).size))
        return true;
    if (c->row.count == columns->count)
        return bad(c, -1,
                   "a row of %zu fields where there are %zu columns, and an empty field behind the last%s",
                   c->row.count, columns->count - 1, leave_out(c));
    first = c->row.count && c->row.text.field[0].size ? *c->row.text.field[0].text : 'x';
    if (strchr("#%!/", first))
        snprintf(help, sizeof help, "; --comment '%c' skips lines that begin so", first);
    return bad(c, -1, "a row of %zu field%s where %s %zu%s", c->row.count, c->row.count == 1 ? "" : "s",
               columns->header && !columns->row_ends ? "the header has" : "the first has", columns->count,
               *help ? help : leave_out(c));
}

/* Of several questions each that is ignored counts; else the row. */
static uint64_t ignored_cells(const struct converter *c)
{
    uint64_t n = 0;

    for (size_t k = 0; k < schema_label_count(c->schema) && !c->schema->one_hot; k++)
        n += c->label[k] == LABEL_IGNORED;
    return c->schema->one_hot ? 1 : n;
}

/* Fields that were read: each row ends up in exactly one of rows_used, ignored and bad. */
static void take_fields(struct converter *c)
{
    const struct columns *columns = &c->file_schema->columns;
    struct counts *counts;
    bool ignored;

    if (!check_count(c)) return;
    if (is_header_again(c)) {
        bad(c, -1, "the header again%s; --skip 1 --no-header takes such rows as data", leave_out(c));
        return;
    }
    if (columns->by >= 0 || columns->cluster >= 0) {
        ptrdiff_t nul = find_row_group(c);

        if (nul >= 0) {
            bad(c, nul, "a NUL byte in a %s's name", nul == columns->by ? "group" : "cluster");
            return;
        }
    }
    if (!read_labels(c, &ignored)) return;
    counts = counts_of_row(c);
    if (ignored) {
        counts->ignored += ignored_cells(c);
        return;
    }
    if (!read_weight(c) || !read_predicted(c) || !take_scores(c)) return;
    counts->rows_used++;
    if (c->schema->facts->task == TASK_MULTILABEL) counts->ignored += ignored_cells(c);
    counts->zero_weight += c->weight == 0;
}

/* Counts the row, and finds its group where that is the file, and no cluster in it. */
static void begin_row(struct converter *c)
{
    const struct read_file *file = c->batch->file;

    c->group = -1;
    if (c->schema->in->by_file && !c->schema->facts->clustered)
        c->group = (ptrdiff_t)group_lookup_find(&c->groups, file->path, strlen(file->path), file->number,
                                                c->batch->offset + c->row.place);
    c->counts.rows++;
    if (c->group >= 0) c->groups.counts[c->group].rows++;
}

void explain_row(struct converter *c, size_t place, uint64_t line, uint64_t number)
{
    batch_row_at(c->batch, place, line, number, &c->row);
    if (c->row.kind == ROW_COMMENT) return;
    begin_row(c);
    switch (c->row.kind) {
    case ROW_FIELDS: take_fields(c); break;
    case ROW_BLANK: counts_of_row(c)->blank++; break;
    case ROW_AFTER_QUOTE: bad(c, -1, "text between a closing quote and the delimiter%s", leave_out(c)); break;
    case ROW_OPEN_QUOTE:
        bad(c, c->row.count <= c->file_schema->columns.count ? (ptrdiff_t)c->row.count - 1 : -1, "%s",
            ROW_OPEN_QUOTE_HELP);
        break;
    case ROW_COMMENT: break;
    }
}
