/* html.h: the parts of a page of HTML that stands alone: no request goes out of it, and it can be read
   without scripts */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/formats.h"

/* Text as HTML text or within an attribute's double quotes. */
void page_text(const char *text, struct string *out);
/* The program's own text as HTML text: no break before a per cent sign or within an option's
   name, and p_t with an index. */
void page_prose(const char *text, struct string *out);

void page_begin(const char *title, struct string *out);
void page_section(const char *id, const char *heading, struct string *out);
void page_section_end(struct string *out);
/* What was read, and the counts. */
void page_facts(const struct facts *f, struct string *out);
/* What was asked. */
void page_settings(const struct analysis *a, const struct facts *f, struct string *out);
/* What a page shows of an analysis: no more groups than fit, those with the largest share of the loss. */
struct analysis page_analysis(const struct analysis *a, const struct facts *f);

/* The results of the whole and, where there are any, of its groups and classes: only as many rows as keep
   the page small. command: prints all of them. Tables can be sorted and filtered where scripts run. */
void page_results(const struct report *r, const char *command, struct string *out);
/* An SVG of gnuplot's, its names made its own by `id`. wide: over the whole width; stacked: what narrow
   screens show in its place, may be empty. */
void page_figure(const char *id, const char *caption, bool wide, const struct string *svg,
                 const struct string *stacked, struct string *out);
void page_end(struct string *out);

/* The whole page; figures: their section, NULL: none. */
void page_report(const struct report *r, const struct page *page, const struct string *figures,
                 struct string *out);
/* The page without figures. */
void report_html(const struct report *r, const struct page *page, struct string *out);

#endif
