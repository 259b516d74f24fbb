/* html.c: the html command: the whole analysis as one page */
#include "command/command.h"

#include "base/output.h"
#include "report/html.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct html_options {
    struct data_options data;
    struct output_options output; /* only the path */
    const char *title;
};

TAKE_TEXT(take_title, struct html_options, title)

static const struct option_row rows_output[] = {
    {"output", 'o', "FILE", "the page (default: standard output)", output_take_path},
    {0},
};

static const struct option_row rows_page[] = {
    {"title", 0, "TEXT", "the page's title", take_title},
    {0},
};

static const struct option_group groups[] = {
    {"Page", rows_output, offsetof(struct html_options, output)},
    {"", rows_page, 0},
    {"", options_results, offsetof(struct html_options, data)},
    {"", options_intervals, offsetof(struct html_options, data)},
    {"", options_cluster, offsetof(struct html_options, data)},
    {"", options_messages, offsetof(struct html_options, data)},
    {"Analysis", options_analysis, offsetof(struct html_options, data)},
    {"Input", options_scores, offsetof(struct html_options, data.input)},
    {"", options_input, offsetof(struct html_options, data.input)},
    {"", options_threads, offsetof(struct html_options, data.input)},
    {0}};

/* More groups than that are not drawn over each other: their total is. */
enum { MOST_GROUPS = 6 };

static bool is_drawn(const struct figure *f, const struct facts *facts)
{
    return f->caption && (!f->on_page || f->on_page(facts));
}

/* All cuts that any of the figures needs. */
static struct cuts all_cuts(const struct plot *p)
{
    struct cuts all = analysis_cuts(p->analysis);

    for (size_t i = 0; i < figure_count; i++)
        if (figure_table[i].caption && figure_table[i].cuts) figure_table[i].cuts(&figure_table[i], &all);
    return all;
}

/* A line under the figures, of text that may come from outside. */
static void put_remark(const char *text, size_t size, struct string *page)
{
    char *line = mem_copy(text, size);

    string_puts(page, "<p class=\"soft\">Not drawn: ");
    page_prose(line, page);
    string_puts(page, "</p>\n");
    free(line);
}

/* Some data have nothing to show: no positives, or no loss at all. What is not drawn is told in `missing`. */
static bool can_draw(struct plot *p, struct string *missing)
{
    struct table numbers = {0};
    struct string notes = {0};
    struct diag why = {0};
    bool ok;

    p->notes = &notes;
    ok = plot_table(p, &numbers, &why);
    p->notes = NULL;
    if (!ok && strncmp(why.text, p->figure->name, strlen(p->figure->name)) == 0)
        string_printf(&notes, "%s\n", why.text); /* it names the figure itself */
    else if (!ok)
        string_printf(&notes, "%s: %s\n", p->figure->name, why.text);
    for (const char *s = notes.text; s && *s; s += strcspn(s, "\n") + 1)
        put_remark(s, strcspn(s, "\n"), missing);
    table_free(&numbers);
    string_free(&notes);
    return ok;
}

static bool put_figures(struct plot *p, struct string *page, struct diag *d)
{
    struct string missing = {0};
    bool ok = true;

    page_section("figures", "Figures", page);
    string_puts(page, "<div class=\"figures\">\n");
    /* first those of the data alone */
    for (size_t i = 0; i < 2 * figure_count && ok; i++) {
        const struct figure *f = &figure_table[i % figure_count];
        struct string svg = {0}, stacked = {0};

        if ((f->file == FILE_NEEDED) != (i < figure_count) || !is_drawn(f, p->facts)) continue;
        p->figure = f;
        if (!can_draw(p, &missing)) continue;
        p->style.stacked = f->width <= 5; /* half of the page is narrow already */
        ok = plot_svg(p, &svg, d);
        p->style.stacked = true;
        if (ok && f->width > 5) ok = plot_svg(p, &stacked, d);
        p->style.stacked = false;
        if (ok) page_figure(f->name, f->caption, f->width > 5, &svg, &stacked, page);
        string_free(&svg);
        string_free(&stacked);
    }
    string_puts(page, "</div>\n");
    if (missing.size) string_puts(page, missing.text);
    page_section_end(page);
    string_free(&missing);
    return ok;
}

static bool build(const struct analysis *a, const struct tally *tally, struct table *out, struct diag *d)
{
    const struct analysis shown = page_analysis(a, &tally->facts);

    return report_build(&shown, &tally->facts, tally, out, d);
}

static bool write_page(const struct html_options *o, const char *command, struct diag *d)
{
    struct analysis analysis = o->data.analysis;
    struct plot p = {.analysis = &analysis};
    struct page form = {.title = o->title, .command = command};
    struct facts drawn_facts;
    struct tally tally = {0};
    const struct facts *facts = &tally.facts;
    struct table table = {0};
    struct report report = {.analysis = &analysis, .facts = facts, .table = &table};
    struct string page = {0}, figures = {0};
    struct cuts cuts = all_cuts(&p);
    bool ok = command_check_output(o->output.path, &o->data.input, d) &&
              command_tally(&o->data.input, &cuts, &tally, d);

    free(cuts.at);
    if (ok) tally_join(&tally);
    command_take_clusters(&tally, &analysis);
    ok = ok && build(&analysis, &tally, &table, d);
    drawn_facts = *facts;
    drawn_facts.grouped = facts->grouped && facts->group_count <= MOST_GROUPS;
    p.facts = &drawn_facts;
    p.tally = &tally;
    if (ok) ok = put_figures(&p, &figures, d);
    report.notes = notes_of(&tally, report.note);
    if (ok) {
        page_report(&report, &form, &figures, &page);
        ok = output_write(o->output.path, page.text, page.size, d);
    }
    if (ok) command_wrote(o->output.path, o->data.quiet);
    string_free(&page);
    string_free(&figures);
    table_free(&table);
    tally_free(&tally);
    return ok;
}

static int work(void *settings, struct operands *operands, struct diag *d)
{
    struct html_options *o = settings;
    struct string command = {0};

    o->data.input.apart = APART_CLASSES; /* one of the figures compares them */
    command_for_all(operands, (const char *[]){o->output.path, o->title}, 2, &command);
    if (!o->output.path && isatty(STDOUT_FILENO))
        diag_fail(d, STATUS_USAGE, "a page is not for a terminal: name it with --output PAGE.html");
    else if (data_options_complete(&o->data, d) && data_options_check_used(&o->data, d))
        write_page(o, command.text, d);
    string_free(&command);
    return STATUS_OK;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct html_options o = {0};

    return command_run(self, argc, argv, &o, &o.data, work);
}

const struct command command_html = {"html",
                                     "the whole analysis as one page, with all figures",
                                     "html [options] FILE... -o PAGE.html",
                                     groups,
                                     "  losscope html --ignore=-1 anchors.csv -o anchors.html\n",
                                     NULL,
                                     run};
