/* html.c: the parts of a page of HTML that stands alone */
#include "report/html.h"

#include "base/number.h"

#include <stdio.h>
#include <string.h>

static const char style[] =
    ":root{color-scheme:light "
    "dark;--ink:#1b1f24;--ground:#fff;--soft:#57606a;--line:#d0d7de;--card:#fff;--link:#0059a3}"
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e6edf3;--ground:#14181d;--soft:#a9b4bf;--line:#3b444d;--link:#"
    "7cc0ff}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 "
    "system-ui,sans-serif}"
    "header,main,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}h1{font-size:1.7rem;margin:2rem 0 "
    ".25rem;overflow-wrap:anywhere}"
    "h2{font-size:1.25rem;margin:2.25rem 0 .75rem;border-bottom:1px solid "
    "var(--line);padding-bottom:.25rem}p{max-width:46rem}"
    ".finding{font-size:1.2rem;margin:.75rem 0}.soft{color:var(--soft)}nav "
    "a{color:var(--link);margin-right:1rem}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem "
    "1.25rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-"
    "nums}"
    "caption{text-align:left;color:var(--soft);padding:.25rem 0}th,td{padding:.25rem "
    ".65rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}"
    "th.text,td.text{text-align:left}th button{all:unset;cursor:pointer}th "
    "button:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid "
    "var(--link);outline-offset:2px}"
    "th[aria-sort=ascending] button::after{content:' \\2191'}th[aria-sort=descending] "
    "button::after{content:' \\2193'}"
    ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(28rem,100%),1fr));gap:1.5rem}"
    ".wide{grid-column:1/-1}figure{margin:0;background:#fff;color:#1b1f24;border:1px solid "
    "var(--line);border-radius:.4rem;padding:.75rem;break-inside:avoid}"
    "figure "
    "svg{width:100%;height:auto;display:block}figcaption{font-size:.9rem;margin-top:.5rem}summary{cursor:"
    "pointer;margin:1rem 0 .5rem}"
    "footer{margin:3rem auto 2rem;color:var(--soft);font-size:.85rem}"
    "@media "
    "print{:root{--ink:#000;--ground:#fff;--soft:#444;--line:#bbb}nav{display:none}body{font-size:10pt}."
    "figures{grid-template-columns:1fr 1fr}}";

static const char script[] =
    "document.querySelectorAll('table').forEach(t=>t.querySelectorAll('th').forEach((h,i)=>{const "
    "b=document.createElement('button');"
    "b.type='button';b.textContent=h.textContent;h.textContent='';h.append(b);b.addEventListener('click',()=>"
    "{"
    "const "
    "down=h.getAttribute('aria-sort')==='ascending';t.querySelectorAll('th').forEach(o=>o.removeAttribute('"
    "aria-sort'));"
    "h.setAttribute('aria-sort',down?'descending':'ascending');const body=t.tBodies[0];"
    "const v=r=>{const s=r.cells[i].dataset.v;return "
    "s===undefined?r.cells[i].textContent:s===''?-Infinity:Number(s)};"
    "[...body.rows].sort((a,c)=>{const "
    "x=v(a),y=v(c);return(x<y?-1:x>y?1:0)*(down?-1:1)}).forEach(r=>body.append(r))})}))";

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

void page_begin(const char *title, struct string *out)
{
    string_puts(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<link "
                     "rel=\"icon\" href=\"data:,\">\n<title>");
    page_text(title, out);
    string_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<header>\n<h1>", style);
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

static void count_item(const char *term, uint64_t n, struct string *out)
{
    if (n) string_printf(out, "<dt>%s</dt><dd>%llu</dd>\n", term, (unsigned long long)n);
}

void page_facts(const struct facts *f, struct string *out)
{
    static const char *const task[] = {"", "binary", "softmax", "sigmoid, one versus rest", "multilabel"};
    const struct counts *c = &f->counts;

    string_puts(out, "<dl>\n");
    for (size_t i = 0; i < f->file_count; i++)
        item(i ? "and" : "input", strcmp(f->files[i], "-") == 0 ? "standard input" : f->files[i], out);
    item("task", task[f->task], out);
    item(f->logits ? "logits" : "probabilities", f->score.text ? f->score.text : "", out);
    item("labels", f->label.text ? f->label.text : "", out);
    if (f->weight.size) item("weights", f->weight.text, out);
    if (f->by.size) item("groups by", f->by.text, out);
    count_item("rows", c->rows, out);
    count_item("examples", c->examples, out);
    if (c->positives + c->negatives && c->examples)
        string_printf(out, "<dt>positives</dt><dd>%llu (%.3g %%)</dd>\n", (unsigned long long)c->positives,
                      100 * (double)c->positives / (double)c->examples);
    count_item("negatives", c->negatives, out);
    count_item("ignored", c->ignored, out);
    count_item("bad rows left out", c->bad, out);
    count_item("blank rows", c->blank, out);
    count_item("clamped to 0 or 1", c->clamped, out);
    count_item("clipped", c->clipped, out);
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

void page_settings(const struct analysis *a, const struct facts *f, struct string *out)
{
    string_puts(out, "<dl>\n<dt>losses</dt><dd>");
    for (size_t i = 0; i < a->losses; i++) string_printf(out, "%s%s", i ? ", " : "", a->loss[i]->name);
    string_puts(out, "</dd>\n");
    number_list("γ", a->gamma, a->gammas, out);
    string_puts(out, "<dt>α</dt><dd>");
    for (size_t i = 0; i < a->alphas; i++) {
        char number[NUMBER_SIZE];

        if (i) string_puts(out, ", ");
        number_format(a->alpha[i].number, number);
        page_text(a->alpha[i].kind == ALPHA_NUMBER ? number : a->alpha[i].text, out);
    }
    string_puts(out, "</dd>\n");
    number_list("β", a->beta, a->betas, out);
    number_list("easy from p_t ≥", a->easy, a->easies, out);
    number_list("p_t raised to", &f->clip, 1, out);
    string_puts(out, "</dl>\n");
}

static void cell(const struct value *v, struct string *out)
{
    char text[256], number[NUMBER_SIZE];

    if (v->kind == CELL_TEXT) {
        string_puts(out, "<td class=\"text\">");
        page_text(v->as.text, out);
        string_puts(out, "</td>");
        return;
    }
    value_show(v, text, sizeof text);
    if (v->kind == CELL_EMPTY)
        *number = 0;
    else if (v->kind == CELL_COUNT)
        snprintf(number, sizeof number, "%llu", (unsigned long long)v->as.count);
    else
        number_format(v->as.number, number);
    string_printf(out, "<td data-v=\"%s\">", number);
    page_text(text, out);
    string_puts(out, "</td>");
}

void page_table(const struct table *t, const char *caption, struct string *out)
{
    string_puts(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    page_text(caption, out);
    string_puts(out, "\">\n<table>\n<caption>");
    page_text(caption, out);
    string_puts(out, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < t->column_count; c++) {
        bool text = t->row_count && t->value[c].kind == CELL_TEXT;

        string_printf(out, "<th scope=\"col\"%s>", text ? " class=\"text\"" : "");
        page_text(t->column[c].heading, out);
        string_puts(out, "</th>");
    }
    string_puts(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < t->row_count; r++) {
        string_puts(out, "<tr>");
        for (size_t c = 0; c < t->column_count; c++) cell(&t->value[r * t->column_count + c], out);
        string_puts(out, "</tr>\n");
    }
    string_puts(out, "</tbody>\n</table>\n</div>\n");
}

/* Copies the SVG from its element on; names that it gives and uses get the figure's before them, as several
 * stand in one page. */
static void put_svg(const char *id, const char *svg, struct string *out)
{
    static const char *const use[] = {" id=\"", " id='", "href='#", "href=\"#", "url(#"};
    const char *from = strstr(svg, "<svg");

    while (from && *from) {
        size_t k = 0;

        while (k < sizeof use / sizeof *use && strncmp(from, use[k], strlen(use[k])) != 0) k++;
        if (k < sizeof use / sizeof *use) {
            string_puts(out, use[k]);
            string_printf(out, "%s-", id);
            from += strlen(use[k]);
        } else {
            string_putc(out, *from++);
        }
    }
}

void page_figure(const char *id, const char *caption, bool wide, const struct string *svg, struct string *out)
{
    struct string own = {0};
    const char *end;

    put_svg(id, svg->text ? svg->text : "", &own);
    string_printf(out, "<figure id=\"%s\"%s>\n", id, wide ? " class=\"wide\"" : "");
    if (own.size && (end = strchr(own.text, '>'))) {
        /* the element itself says what it is to those who do not see it */
        string_add(out, own.text, 4);
        string_puts(out, " role=\"img\" aria-label=\"");
        page_text(caption, out);
        string_putc(out, '"');
        string_puts(out, own.text + 4);
    }
    string_puts(out, "<figcaption>");
    page_text(caption, out);
    string_puts(out, "</figcaption>\n</figure>\n");
    string_free(&own);
}

void page_end(struct string *out)
{
    string_printf(out,
                  "</main>\n<footer>Made by losscope " VERSION
                  ". The losses: Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection, "
                  "ICCV 2017.</footer>\n"
                  "<script>%s</script>\n</body>\n</html>\n",
                  script);
}
