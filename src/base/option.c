/* option.c: options as tables: parsing and help come from the same rows */
#include "base/option.h"

#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* getopt's own tables, made from the rows; val is 256 + the row's place among all. */
struct parser {
    struct option *long_option;
    const struct option_row **row;
    size_t *offset; /* of row[i]'s settings */
    size_t count, room, offset_room, long_room;
    struct string letters;
};

static bool may_lack_value(const struct option_row *r)
{
    return r->argument && *r->argument == '[';
}

static void parser_fill(struct parser *p, const struct option_group *groups)
{
    string_puts(&p->letters, "-:h");
    for (const struct option_group *g = groups; g->heading; g++)
        for (const struct option_row *r = g->rows; r->name; r++) {
            p->row = mem_grow(p->row, &p->room, p->count + 1, sizeof *p->row);
            p->long_option = mem_grow(p->long_option, &p->long_room, p->count + 3, sizeof *p->long_option);
            p->long_option[p->count] = (struct option){r->name,
                                                       may_lack_value(r) ? optional_argument
                                                       : r->argument     ? required_argument
                                                                         : no_argument,
                                                       NULL, 256 + (int)p->count};
            p->offset = mem_grow(p->offset, &p->offset_room, p->count + 1, sizeof *p->offset);
            p->offset[p->count] = g->offset;
            p->row[p->count++] = r;
            if (r->letter) string_printf(&p->letters, "%c%s", r->letter, r->argument ? ":" : "");
        }
    p->long_option = mem_grow(p->long_option, &p->long_room, p->count + 2, sizeof *p->long_option);
    p->long_option[p->count] = (struct option){"help", no_argument, NULL, 'h'};
    p->long_option[p->count + 1] = (struct option){0};
}

static void parser_free(struct parser *p)
{
    free(p->long_option);
    free(p->row);
    free(p->offset);
    string_free(&p->letters);
}

/* The row that getopt's value stands for; p->count: none. */
static size_t row_of(const struct parser *p, int c)
{
    size_t i = 0;

    if (c >= 256) return (size_t)(c - 256);
    while (i < p->count && p->row[i]->letter != c) i++;
    return i;
}

static bool unknown_long(const struct parser *p, const char *arg, size_t size, struct diag *d)
{
    const char *near = NULL;
    size_t least = 1 + (size - 1) / 3; /* a third of the letters may be wrong */
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i <= p->count; i++) {
        const char *name = p->long_option[i].name;
        size_t far = text_distance(arg + 2, size - 2, name, strlen(name));

        if (strncmp(arg + 2, name, size - 2) == 0) far = 0; /* an abbreviation */
        if (far < least) least = far, near = name;
    }
    diag_shown(shown, arg, size);
    if (near) return diag_fail(d, STATUS_USAGE, "unknown option %s: did you mean --%s?", shown, near);
    return diag_fail(d, STATUS_USAGE, "unknown option %s: see --help", shown);
}

/* getopt_long takes abbreviations: what stood in argv must be the whole name. */
static bool whole_name(const struct parser *p, const char *arg, struct diag *d)
{
    size_t size = strcspn(arg, "=");

    if (strncmp(arg, "--", 2) != 0 || size == 2) return true;
    for (size_t i = 0; i <= p->count; i++)
        if (strlen(p->long_option[i].name) == size - 2 &&
            memcmp(p->long_option[i].name, arg + 2, size - 2) == 0)
            return true;
    return unknown_long(p, arg, size, d);
}

/* Whether a word is the value of the option before it, which needs none. */
static bool is_value(const char *word)
{
    double x;

    return number_parse(word, strlen(word), &x) && access(word, F_OK) != 0;
}

static bool parse_one(const struct parser *p, int c, const char *arg, void *settings, struct diag *d)
{
    size_t i;

    if (c == '?' && strncmp(arg, "--", 2) == 0)
        return diag_fail(d, STATUS_USAGE, "option %.*s takes no value", (int)strcspn(arg, "="), arg);
    if (c == '?') return diag_fail(d, STATUS_USAGE, "unknown option '-%c': see --help", optopt);
    if (c == ':') {
        i = row_of(p, optopt);
        if (i == p->count) return diag_fail(d, STATUS_USAGE, "option %s needs a value", arg);
        return diag_fail(d, STATUS_USAGE, "option --%s needs a value: %s", p->row[i]->name,
                         p->row[i]->argument);
    }
    i = row_of(p, c);
    return p->row[i]->take((char *)settings + p->offset[i], optarg, d);
}

bool option_parse(const struct option_group *groups, int argc, char **argv, void *settings,
                  const char **operands, size_t *operand_count, struct option_given *given,
                  size_t *given_count, bool *help, struct diag *d)
{
    struct parser p = {0};
    bool ok = true;

    parser_fill(&p, groups);
    *operand_count = *given_count = 0;
    *help = false;
    optind = 0; /* glibc: start anew */
    opterr = 0;
    while (ok) {
        const char *arg;
        int at = optind ? optind : 1, c;

        arg = at < argc ? argv[at] : "";
        if (at < argc && strcmp(arg, "--") != 0 && !whole_name(&p, arg, d)) {
            ok = false;
            break;
        }
        c = getopt_long(argc, argv, p.letters.text, p.long_option, NULL);
        if (c == -1) break;
        if (c >= 256 && may_lack_value(p.row[row_of(&p, c)]) && !optarg && optind < argc &&
            is_value(argv[optind]))
            optarg = argv[optind++];
        if (c == 1)
            operands[(*operand_count)++] = optarg;
        else if (c == 'h')
            *help = true;
        else if ((ok = parse_one(&p, c, arg, settings, d)))
            given[(*given_count)++] = (struct option_given){p.row[row_of(&p, c)], optarg};
    }
    while (ok && optind < argc) operands[(*operand_count)++] = argv[optind++];
    parser_free(&p);
    return ok;
}

void option_help_line(const char *left, const char *help, struct string *out)
{
    size_t column = utf8_width(left, strlen(left));

    string_puts(out, left);
    if (column > 24) {
        string_putc(out, '\n');
        column = 0;
    }
    string_printf(out, "%*s", (int)(26 - column), "");
    column = 26;
    while (*help) {
        size_t word = strcspn(help, " "), wide = utf8_width(help, word);

        if (column > 26 && column + 1 + wide > 79) {
            string_printf(out, "\n%26s", "");
            column = 26;
        }
        if (column > 26) string_putc(out, ' '), column++;
        string_add(out, help, word);
        column += wide;
        help += word + strspn(help + word, " ");
    }
    string_putc(out, '\n');
}

static void help_row(const struct option_row *r, struct string *out)
{
    struct string left = {0};

    if (r->letter)
        string_printf(&left, "  -%c, ", r->letter);
    else
        string_puts(&left, "      ");
    string_printf(&left, "--%s%s%s", r->name, r->argument ? " " : "", r->argument ? r->argument : "");
    option_help_line(left.text, r->help, out);
    string_free(&left);
}

void option_help(const struct option_group *groups, struct string *out)
{
    for (const struct option_group *g = groups; g->heading; g++) {
        if (*g->heading) string_printf(out, "%s\n", g->heading);
        for (const struct option_row *r = g->rows; r->name; r++)
            if (*r->help) help_row(r, out);
    }
}
