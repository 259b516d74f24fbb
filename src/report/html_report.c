/* html_report.c: the report as a page of HTML */
#include "report/html.h"
#include "report/summary.h"

static void add_title(const struct facts *f, bool metrics, struct string *out)
{
    string_puts(out, metrics ? "Measures: " : "Where the loss comes from: ");
    summary_add_file(f->file_count ? f->files[0] : "-", out);
    if (f->file_count > 1) string_printf(out, " and %zu more", f->file_count - 1);
}

void page_report(const struct report *r, const struct page *page, const struct string *figures,
                 struct string *out)
{
    struct string title = {0}, finding = {0};

    if (page->title)
        string_puts(&title, page->title);
    else
        add_title(r->facts, r->analysis->metrics, &title);
    page_begin(title.text ? title.text : "", out);
    report_finding(r, &finding);
    if (finding.size) {
        string_puts(out, "<p class=\"finding\">");
        page_prose(finding.text, out);
        string_puts(out, "</p>\n");
    }
    for (size_t i = 0; i < r->notes; i++) {
        string_puts(out, "<p><strong>Note:</strong> ");
        page_prose(r->note[i], out);
        string_puts(out, "</p>\n");
    }
    if (!r->analysis->metrics)
        string_puts(
            out,
            "<p class=\"soft\">An example is easy where <i>p</i><sub>t</sub>, the probability of its true "
            "class, is at least the threshold, and hard below.</p>\n");
    string_puts(out, "<nav aria-label=\"Contents\">");
    if (figures) string_puts(out, "<a href=\"#figures\">Figures</a>");
    string_puts(out, "<a href=\"#results\">Results</a><a href=\"#input\">Input</a><a "
                     "href=\"#settings\">Settings</a></nav>\n");
    if (figures) string_add(out, figures->text, figures->size);
    page_results(r, page->command, out);
    page_section("input", "Input", out);
    page_facts(r->facts, out);
    page_section_end(out);
    page_section("settings", "Settings", out);
    page_settings(r->analysis, r->facts, out);
    page_section_end(out);
    page_end(out);
    string_free(&title);
    string_free(&finding);
}

void report_html(const struct report *r, const struct page *page, struct string *out)
{
    page_report(r, page, NULL, out);
}
