/* html.c: the html command: the whole analysis as one page */
#include "base/output.h"
#include "command/command.h"
#include "report/html.h"

#include <stdlib.h>
#include <string.h>

/* The page's figures, in order, and what the reader is told of each. */
static const struct {
    const char *name, *caption;
    bool sides, classes; /* needs positives and negatives; needs several classes */
} drawn[] = {
    {"share", "Who holds the loss: shares of easy and hard, positive and negative examples against γ.", false,
     false},
    {"concentration", "The share of the loss that the hardest examples hold.", false, false},
    {"fig4",
     "Cumulative normalised loss, lowest loss first, as in Figure 4 of the paper: the flatter, the fewer "
     "examples hold it.",
     false, false},
    {"mass", "Where the examples lie, and where their loss: shares by bands of p_t.", false, false},
    {"density", "How many examples have a gradient of which norm.", false, false},
    {"calibration",
     "Reliability: the share of positives among examples of about the same predicted probability, and the "
     "ECE.",
     true, false},
    {"heatmap", "The share of the loss that easy negatives hold, over γ and α of balanced focal loss.", true,
     false},
    {"classes", "Each class's share of the examples and of the loss.", false, true},
    {"fig1", "CE and focal loss against p_t, and below them where the examples lie.", false, false},
};
enum { DRAWN = sizeof drawn / sizeof *drawn };

/* More groups than that are not drawn over each other: their total is. */
enum { MOST_GROUPS = 6 };

static bool is_drawn(size_t i, const struct facts *f)
{
    bool sides = f->task != TASK_SOFTMAX || f->background >= 0, classes = f->task != TASK_BINARY;

    if (strcmp(drawn[i].name, "calibration") == 0 && f->task == TASK_SOFTMAX) return false;
    if (strcmp(drawn[i].name, "fig4") == 0 && !sides && f->classes > 12) return false;
    return (sides || !drawn[i].sides) && (classes || !drawn[i].classes);
}

/* All cuts that any of the figures needs. */
static struct cuts all_cuts(const struct plot *p)
{
    struct cuts all = analysis_cuts(p->analysis);

    for (size_t i = 0; i < DRAWN; i++) {
        const struct figure *f = figure_find(drawn[i].name);

        if (f->cuts) f->cuts(&all);
    }
    return all;
}

/* Some data have nothing to show: no positives, or no loss at all. */
static bool can_draw(const struct plot *p)
{
    struct table numbers = {0};
    bool well = plot_table(p, &numbers, &(struct diag){0});

    table_free(&numbers);
    return well;
}

static bool put_figures(struct plot *p, struct string *page, struct diag *d)
{
    bool well = true;

    page_section("figures", "Figures", page);
    string_puts(page, "<div class=\"figures\">\n");
    for (size_t i = 0; i < DRAWN && well; i++) {
        struct string svg = {0};

        if (!is_drawn(i, p->facts)) continue;
        p->figure = figure_find(drawn[i].name);
        if (!can_draw(p)) continue;
        well = plot_svg(p, &svg, d);
        if (well) page_figure(drawn[i].name, drawn[i].caption, p->figure->width > 5, &svg, page);
        string_free(&svg);
    }
    string_puts(page, "</div>\n");
    page_section_end(page);
    return well;
}

static void put_tables(const struct facts *f, const struct table *t, struct string *page)
{
    struct picked picked;

    report_pick(f, t, &picked);
    page_section("results", "Results", page);
    page_table(&picked.table, "One row for each setting: means, and who holds the loss", page);
    string_puts(page, "<details><summary>All columns</summary>\n");
    page_table(t, "All columns of every result", page);
    string_puts(page, "</details>\n");
    page_section_end(page);
    table_free(&picked.table);
}

static bool write_page(struct settings *s, struct diag *d)
{
    struct plot p = {.analysis = &s->analysis, .style = s->style};
    struct facts facts = {0}, drawn_facts;
    struct tally *tally = NULL;
    struct table table = {0};
    struct string page = {0}, finding = {0}, title = {0};
    struct cuts cuts = all_cuts(&p);
    bool well =
        command_tally(s, &cuts, &facts, &tally, d) && report_build(&s->analysis, &facts, tally, &table, d);

    free(cuts.at);
    drawn_facts = facts;
    drawn_facts.grouped = facts.grouped && facts.group_count <= MOST_GROUPS;
    p.facts = &drawn_facts;
    p.tally = tally;
    if (well) {
        const char *first = s->input.file_count ? s->input.files[0] : "standard input";

        string_printf(&title, "%s",
                      s->style.title && *s->style.title ? s->style.title : "Where the loss comes from: ");
        if (!s->style.title || !*s->style.title)
            string_puts(&title, strcmp(first, "-") == 0 ? "standard input" : first);
        p.style.title = NULL;
        report_finding(&facts, &table, &finding);
        page_begin(title.text, &page);
        if (finding.size) {
            string_puts(&page, "<p class=\"finding\">");
            page_text(finding.text, &page);
            string_puts(&page, "</p>\n");
        }
        string_puts(
            &page,
            "<p class=\"soft\">An example is easy where p_t, the probability of its true class, is at least "
            "the threshold, and hard below.</p>\n"
            "<nav aria-label=\"Contents\"><a href=\"#figures\">Figures</a><a href=\"#results\">Results</a><a "
            "href=\"#input\">Input</a><a href=\"#settings\">Settings</a></nav>\n");
        well = put_figures(&p, &page, d);
        put_tables(&facts, &table, &page);
        page_section("input", "Input", &page);
        page_facts(&facts, &page);
        page_section_end(&page);
        page_section("settings", "Settings", &page);
        page_settings(&s->analysis, &facts, &page);
        page_section_end(&page);
        page_end(&page);
    }
    if (well) well = output_write(s->output, page.text, page.size, d);
    if (well) command_wrote(s);
    string_free(&page);
    string_free(&finding);
    string_free(&title);
    table_free(&table);
    tally_free(tally);
    facts_free(&facts);
    return well;
}

int run_html(int argc, char **argv)
{
    struct settings s;
    const char **file = mem_alloc((size_t)argc + 1, sizeof *file);
    int status = STATUS_OK;
    struct diag d = {0};

    if (command_parse(command_find("html"), argc, argv, &s, file, &s.input.file_count, &status)) {
        s.input.files = file;
        s.input.apart = APART_CLASSES; /* one of the figures compares them */
        write_page(&s, &d);
        if (d.status) status = diag_exit(&d);
    }
    settings_free(&s);
    free(file);
    return status;
}
