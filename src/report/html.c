/* html.c: the parts of a page of HTML that stands alone */
#include "report/html.h"

#include "base/number.h"
#include "report/page_style.h"
#include "report/summary.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

void page_text(const char *text, struct string *out)
{
    for (; *text; text++) switch (*text) {
        case '<': string_puts(out, "&lt;"); break;
        case '>': string_puts(out, "&gt;"); break;
        case '&': string_puts(out, "&amp;"); break;
        case '"': string_puts(out, "&quot;"); break;
        case '\'': string_puts(out, "&#39;"); break;
        default: string_putc(out, (unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text);
        }
}

/* The bytes of an option's name, --check-rows; 0: none begins here. */
static size_t option_size(const char *text)
{
    return strncmp(text, "--", 2) == 0 && islower((unsigned char)text[2])
               ? 2 + strspn(text + 2, "abcdefghijklmnopqrstuvwxyz-")
               : 0;
}

void page_prose(const char *text, struct string *out)
{
    while (*text) {
        size_t plain = 0;
        struct string before = {0};

        while (text[plain] && strncmp(text + plain, " %", 2) != 0 && strncmp(text + plain, "p_t", 3) != 0 &&
               !option_size(text + plain))
            plain++;
        string_add(&before, text, plain);
        page_text(before.text, out);
        string_free(&before);
        text += plain;
        if (*text == ' ') {
            string_puts(out, "&nbsp;"), text++;
        } else if (option_size(text)) {
            string_printf(out, "<code class=\"option\">%.*s</code>", (int)option_size(text), text);
            text += option_size(text);
        } else if (*text) {
            string_puts(out, "<i>p</i><sub>t</sub>"), text += 3;
        }
    }
}

void page_begin(const char *title, struct string *out)
{
    string_puts(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<link "
                     "rel=\"icon\" href=\"data:,\">\n<title>");
    page_text(title, out);
    string_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", page_style);
    page_text(title, out);
    string_puts(out, "</h1>\n</header>\n<main>\n");
}

void page_section(const char *id, const char *heading, struct string *out)
{
    string_printf(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id, heading);
}

void page_section_end(struct string *out)
{
    string_puts(out, "</section>\n");
}

static void item(const char *term, const char *text, struct string *out)
{
    string_printf(out, "<dt>%s</dt><dd>", term);
    page_text(text, out);
    string_puts(out, "</dd>\n");
}

static void columns_item(const char *term, const struct string *list, struct string *out)
{
    struct string shown = {0};

    summary_add_columns(list, &shown);
    if (shown.size) item(term, shown.text, out);
    string_free(&shown);
}

static void count_item(const struct count_kind *kind, const struct counts *c, struct string *out)
{
    uint64_t n = count_of(c, kind);

    if (!n) return;
    string_printf(out, "<dt>%s</dt><dd>%llu", kind->many, (unsigned long long)n);
    if (kind->offset == offsetof(struct counts, positives))
        string_printf(out, " (%.3g&nbsp;%%)", 100 * (double)n / (double)c->examples);
    string_puts(out, "</dd>\n");
}

/* Of more files only the number is said. */
enum { MOST_FILES = 10 };

void page_facts(const struct facts *f, struct string *out)
{
    string_puts(out, "<dl>\n");
    for (size_t i = 0; i < f->file_count && i < MOST_FILES; i++)
        item(i ? "and" : "input", strcmp(f->files[i], "-") == 0 ? "standard input" : f->files[i], out);
    if (f->file_count > MOST_FILES)
        string_printf(out, "<dt>and</dt><dd>%zu more files</dd>\n", f->file_count - MOST_FILES);
    item("task", task_names[f->task], out);
    columns_item(f->logits ? "logits" : "probabilities", &f->score, out);
    columns_item("labels", &f->label, out);
    if (f->weight.size) item("weights", f->weight.text, out);
    if (f->by.size) item("groups by", f->by.text, out);
    if (f->clusters) item("clusters of", f->cluster.text, out);
    for (size_t i = 0; i < count_kinds; i++) count_item(&count_kind[i], &f->counts, out);
    string_puts(out, "</dl>\n");
}

static void number_list(const char *term, const double *x, size_t n, struct string *out)
{
    char number[NUMBER_SIZE];

    string_printf(out, "<dt>%s</dt><dd>", term);
    for (size_t i = 0; i < n; i++) {
        number_format(x[i], number);
        string_printf(out, "%s%s", i ? ", " : "", number);
    }
    string_puts(out, "</dd>\n");
}

static void loss_settings(const struct analysis *a, struct string *out)
{
    string_puts(out, "<dt>losses</dt><dd>");
    for (size_t i = 0; i < a->loss_count; i++) string_printf(out, "%s%s", i ? ", " : "", a->loss[i].text);
    string_puts(out, "</dd>\n");
    number_list("γ", a->gamma, a->gamma_count, out);
    string_puts(out, "<dt>α</dt><dd>");
    for (size_t i = 0; i < a->alpha_count; i++) {
        char number[NUMBER_SIZE];

        if (i) string_puts(out, ", ");
        number_format(a->alpha[i].number, number);
        page_text(a->alpha[i].kind == ALPHA_NUMBER ? number : a->alpha[i].text, out);
    }
    string_puts(out, "</dd>\n");
    number_list("β", a->beta, a->beta_count, out);
    number_list("easy from <i>p</i><sub>t</sub>", a->easy, a->easy_count, out);
}

void page_settings(const struct analysis *a, const struct facts *f, struct string *out)
{
    string_puts(out, "<dl>\n");
    if (!a->metrics) loss_settings(a, out);
    number_list("<i>p</i><sub>t</sub> raised to", &f->clip, 1, out);
    string_puts(out, "</dl>\n");
}

/* Copies the SVG from its element on, without the titles in which gnuplot says its own code. The names that
   it gives and uses get the figure's before them, as several stand in one page. */
static void put_svg(const char *id, const char *svg, struct string *out)
{
    static const char *const use[] = {" id=\"", " id='", "href='#", "href=\"#", "url(#"};
    const char *from = strstr(svg, "<svg");

    while (from && *from) {
        const char *title_end = strncmp(from, "<title>", 7) == 0 ? strstr(from, "</title>") : NULL;
        size_t k = 0;

        while (k < sizeof use / sizeof *use && strncmp(from, use[k], strlen(use[k])) != 0) k++;
        if (title_end) {
            from = title_end + strlen("</title>");
        } else if (k < sizeof use / sizeof *use) {
            string_puts(out, use[k]);
            string_printf(out, "%s-", id);
            from += strlen(use[k]);
        } else {
            string_putc(out, *from++);
        }
    }
}

/* The element itself says what it is to those who do not see it. */
static void put_picture(const char *id, const char *class, const char *caption, const struct string *svg,
                        struct string *out)
{
    struct string own = {0};

    put_svg(id, svg->text ? svg->text : "", &own);
    if (own.size) {
        string_printf(out, "<svg%s role=\"img\" aria-label=\"", class);
        page_text(caption, out);
        string_putc(out, '"');
        string_puts(out, own.text + strlen("<svg"));
    }
    string_free(&own);
}

void page_figure(const char *id, const char *caption, bool wide, const struct string *svg,
                 const struct string *stacked, struct string *out)
{
    string_printf(out, "<figure id=\"%s\"%s>\n", id, wide ? " class=\"wide\"" : "");
    put_picture(id, stacked->size ? " class=\"side-by-side\"" : "", caption, svg, out);
    if (stacked->size) {
        struct string name = {0};

        string_printf(&name, "%s-stacked", id);
        put_picture(name.text, " class=\"stacked\"", caption, stacked, out);
        string_free(&name);
    }
    string_puts(out, "<figcaption>");
    page_prose(caption, out);
    string_puts(out, "</figcaption>\n</figure>\n");
}

void page_end(struct string *out)
{
    string_printf(out,
                  "</main>\n<footer>Made by losscope " VERSION
                  ". The losses: Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection, "
                  "ICCV 2017.</footer>\n"
                  "<script>\n%s</script>\n</body>\n</html>\n",
                  page_script);
}
