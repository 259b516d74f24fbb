/* column_lists.c: lists of columns as options give them: names, numbers, ranges, patterns */
#include "examples/column_lists.h"

#include "base/string_table.h"
#include "base/text.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void header_names_open(struct header_names *n, const struct columns *c)
{
    *n = (struct header_names){0};
    for (size_t i = 0; c->name && i < c->count; i++) {
        bool fresh;
        size_t k;

        if (!*c->name[i]) continue;
        k = string_table_put(&n->map, c->name[i], strlen(c->name[i]), &fresh);
        n->column = mem_grow(n->column, &n->room, k + 1, sizeof *n->column);
        n->second = mem_grow(n->second, &n->second_room, k + 1, sizeof *n->second);
        if (fresh)
            n->column[k] = i, n->second[k] = 0;
        else
            n->second[k] = i + 1;
    }
}

void header_names_close(struct header_names *n)
{
    string_table_free(&n->map);
    free(n->column);
    free(n->second);
}

/* The places in the table of two names with a "-" between them. */
static bool find_ends(const struct header_names *n, const char *text, size_t size, ptrdiff_t end[2])
{
    for (size_t i = 1; i + 1 < size; i++) {
        if (text[i] != '-') continue;
        end[0] = string_table_find(&n->map, text, i);
        end[1] = string_table_find(&n->map, text + i + 1, size - i - 1);
        if (end[0] >= 0 && end[1] >= 0 && n->column[end[0]] <= n->column[end[1]]) return true;
    }
    return false;
}

/* An item of a list as a name, or a range from one name to another. */
bool column_list_name(const struct header_names *n, const char *text, size_t size, struct column_picks *p)
{
    ptrdiff_t k = string_table_find(&n->map, text, size), end[2];

    if (k >= 0) {
        columns_pick(p, n->column[k]);
        return true;
    }
    if (!find_ends(n, text, size, end)) return false;
    for (size_t i = n->column[end[0]]; i <= n->column[end[1]]; i++) columns_pick(p, i);
    return true;
}

static bool is_pattern(const struct header_names *n, const char *text, size_t size)
{
    return (memchr(text, '*', size) || memchr(text, '[', size)) && string_table_find(&n->map, text, size) < 0;
}

bool column_list_has_pattern(const struct header_names *n, const char *list)
{
    for (; list && *list; list += strcspn(list, ","), list += *list == ',')
        if (is_pattern(n, list, strcspn(list, ","))) return true;
    return false;
}

/* All columns that match and have no other role. */
static void pick_pattern(const struct column_search *s, const char *text, size_t size, struct column_picks *p)
{
    char *pattern = mem_copy(text, size);
    const struct columns *c = s->c;

    for (size_t i = 0; i < c->usable; i++)
        if (!s->used[i] &&
            (c->name ? *c->name[i] && fnmatch(pattern, c->name[i], 0) == 0 : strcmp(pattern, "*") == 0))
            columns_pick(p, i);
    free(pattern);
}

static bool same(const struct column_picks *a, const struct column_picks *b)
{
    return a->count == b->count &&
           (!a->count || memcmp(a->index, b->index, a->count * sizeof *a->index) == 0);
}

/* "; did you mean NAME?" where a column's name is near to the word, else nothing. */
static const char *did_you_mean(const struct columns *c, const char *text, size_t size, char out[DIAG_SHOWN])
{
    size_t limit = size < 3 ? 1 : 2, best = limit + 1;

    out[0] = 0;
    for (size_t i = 0; c->name && i < c->count; i++) {
        size_t n = *c->name[i] ? text_distance(text, size, c->name[i], strlen(c->name[i])) : TEXT_FAR;

        if (n >= best) continue;
        best = n;
        snprintf(out, DIAG_SHOWN, "; did you mean %.100s?", c->name[i]);
    }
    return out;
}

static bool no_column(const struct column_search *s, const char *text, size_t size, const char *option,
                      struct diag *d)
{
    char shown[DIAG_SHOWN], near[DIAG_SHOWN], others[COLUMNS_SHOWN];

    return diag_fail(d, STATUS_USAGE, "%s: no column %s for %s%s; %s", s->file, diag_shown(shown, text, size),
                     option, did_you_mean(s->c, text, size, near), columns_listed(s->c, others));
}

/* One item that its list cannot settle: a name if it is one, else a number. */
static bool match_column(const struct column_search *s, const struct header_names *n, const char *text,
                         size_t size, const char *option, struct column_picks *p, struct diag *d)
{
    size_t before = p->count;
    char shown[DIAG_SHOWN];
    ptrdiff_t k = string_table_find(&n->map, text, size);

    if (k >= 0 && n->second[k])
        return diag_fail(d, STATUS_USAGE, "%s: columns %zu and %zu are both named %s: give %s the number",
                         s->file, n->column[k] + 1, n->second[k], diag_shown(shown, text, size), option);
    if (is_pattern(n, text, size))
        pick_pattern(s, text, size, p);
    else if (!column_list_name(n, text, size, p))
        columns_pick_number(s->c->usable, text, size, p);
    return p->count > before || no_column(s, text, size, option, d);
}

/* The readings of a list: items as names, items as numbers; patterns belong to both. */
struct readings {
    bool names, numbers;
    struct column_picks by_name, by_number;
};

static struct readings read_list(const struct column_search *s, const struct header_names *n,
                                 const char *list)
{
    struct readings r = {.names = true, .numbers = true};

    while (*list) {
        size_t size = strcspn(list, ",");

        if (!is_pattern(n, list, size)) {
            r.names = r.names && column_list_name(n, list, size, &r.by_name);
            r.numbers = r.numbers && columns_pick_number(s->c->count, list, size, &r.by_number);
        }
        list += size + (list[size] == ',');
    }
    return r;
}

static void readings_free(struct readings *r)
{
    free(r->by_name.index);
    free(r->by_number.index);
}

/* Does a list say of others what numbers in them are? "0" is no column's number: where it is a name, others
   are names, too. */
void header_names_weigh(const struct column_search *s, struct header_names *n, const char *list)
{
    struct readings r;

    if (!list || !*list || strspn(list, "0123456789,-") != strlen(list)) return;
    r = read_list(s, n, list);
    n->meant = n->meant || (r.names && !r.numbers);
    n->numbers_meant = n->numbers_meant || (r.numbers && !r.names);
    readings_free(&r);
}

static bool two_lists(const struct column_search *s, const struct readings *r, const char *list,
                      const char *option, struct diag *d)
{
    char name[DIAG_SHOWN], number[DIAG_SHOWN];
    size_t i = 0;

    while (i < r->by_name.count && i < r->by_number.count && r->by_name.index[i] == r->by_number.index[i])
        i++;
    if (i >= r->by_name.count || i >= r->by_number.count) i = 0;
    columns_shown(s->c, r->by_name.index[i], name);
    columns_shown(s->c, r->by_number.index[i], number);
    return diag_fail(d, STATUS_USAGE,
                     "%s: %s %s can be read by name (the column named %s, number %zu) and by number (column "
                     "%zu, named %s): %s '[%.1s]%s' takes the name; --skip 1 --no-header leaves numbers only",
                     s->file, option, list, name, r->by_name.index[i] + 1, r->by_number.index[i] + 1, number,
                     option, name, name + 1);
}

/* A list as it stands: names where all items are names, numbers where all are numbers; both, and other
   columns: an error, where no other list tells which. */
static bool resolve_items(const struct column_search *s, const struct header_names *n, const char *list,
                          const char *option, struct column_picks *p, struct diag *d)
{
    struct readings r = read_list(s, n, list);
    bool by_name = r.names, ok = true;

    if (r.names && r.numbers && !same(&r.by_name, &r.by_number)) {
        if (n->meant == n->numbers_meant) ok = two_lists(s, &r, list, option, d);
        by_name = n->meant;
    }
    while (ok && *list) {
        size_t size = strcspn(list, ",");

        if (size == 0)
            ok = diag_fail(d, STATUS_USAGE, "%s: an empty column name", option);
        else if (!by_name && r.numbers && !is_pattern(n, list, size))
            columns_pick_number(s->c->count, list, size, p);
        else
            ok = match_column(s, n, list, size, option, p, d);
        list += size + (list[size] == ',');
    }
    readings_free(&r);
    return ok;
}

bool resolve_columns(const struct column_search *s, const struct header_names *n, const char *list,
                     const char *option, size_t **out, size_t *count, struct diag *d)
{
    struct column_picks p = {0};
    bool *seen = mem_alloc(s->c->count + 1, sizeof *seen);
    bool ok = resolve_items(s, n, list, option, &p, d);

    for (size_t i = 0; ok && i < p.count; i++) {
        if (seen[p.index[i]])
            ok = diag_fail(d, STATUS_USAGE, "%s: column %zu is named twice", option, p.index[i] + 1);
        seen[p.index[i]] = true;
    }
    free(seen);
    if (ok && !p.count) ok = diag_fail(d, STATUS_USAGE, "%s needs a column", option);
    *out = p.index;
    *count = p.count;
    return ok;
}

bool resolve_column(const struct column_search *s, const struct header_names *n, const char *list,
                    const char *option, ptrdiff_t *out, struct diag *d)
{
    size_t *index = NULL, count = 0;
    bool ok = resolve_columns(s, n, list, option, &index, &count, d);

    if (ok && count != 1)
        ok = diag_fail(d, STATUS_USAGE, "%s takes one column, '%s' names %zu", option, list, count);
    if (ok) *out = (ptrdiff_t)index[0];
    if (ok) s->used[*out] = true;
    free(index);
    return ok;
}
