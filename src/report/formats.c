/* formats.c: the table of output formats */
#include "report/formats.h"

#include "report/html.h"
#include "report/summary.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void table_text(const struct table *t, const struct page *page, struct string *out)
{
    emit_text(t, &page->text, NULL, out);
}

#define TABLE(name)                                                                                          \
    static void table_##name(const struct table *t, const struct page *page, struct string *out)             \
    {                                                                                                        \
        (void)page;                                                                                          \
        emit_##name(t, out);                                                                                 \
    }
TABLE(csv)
TABLE(tsv)
TABLE(jsonl)

static void table_json(const struct table *t, const struct page *page, struct string *out)
{
    (void)page;
    emit_json(t, out);
}

static void table_markdown(const struct table *t, const struct page *page, struct string *out)
{
    (void)page;
    emit_markdown(t, out);
}

const struct output_format output_formats[] = {
    {"text", " txt ", table_text, report_text, understood_text, emit_text_head, emit_text_rows, "", ""},
    {"csv", " csv ", table_csv, NULL, NULL, emit_csv_head, emit_csv_rows, "", ""},
    {"tsv", " tsv ", table_tsv, NULL, NULL, emit_tsv_head, emit_tsv_rows, "", ""},
    {"json", " json ", table_json, report_json, understood_json, emit_json_head, emit_json_objects, ",",
     "\n]\n"},
    {"jsonl", " jsonl ndjson ", table_jsonl, NULL, NULL, NULL, emit_jsonl, "", ""},
    {"markdown", " md ", table_markdown, report_markdown, NULL, emit_markdown_head, emit_markdown_rows, "",
     ""},
    {"html", " html htm ", NULL, report_html, NULL, NULL, NULL, "", ""},
};
const size_t output_format_count = sizeof output_formats / sizeof *output_formats;

const struct output_format *output_format_find(const char *name)
{
    char word[16];

    if (snprintf(word, sizeof word, " %s ", name) >= (int)sizeof word) return NULL;
    for (size_t i = 0; i < output_format_count; i++)
        if (strcasecmp(output_formats[i].name, name) == 0 || strcasestr(output_formats[i].endings, word))
            return &output_formats[i];
    return NULL;
}

const struct output_format *output_format_of_path(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot && !strchr(dot, '/') ? output_format_find(dot + 1) : NULL;
}
