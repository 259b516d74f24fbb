/* formats.c: the table of output formats */
#include "report/formats.h"

#include "report/html.h"
#include "report/summary.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void table_text(const struct table *t, const struct page *page, struct string *out)
{
    emit_text(t, &page->text, out);
}

static void sentences_text(const char *text, const struct page *page, struct string *out)
{
    text_put_sentences(text, &page->text, out);
}

static void sentences_markdown(const char *text, const struct page *page, struct string *out)
{
    (void)page;
    string_printf(out, "%s\n\n", text);
}

#define TABLE(name)                                                                                          \
    static void table_##name(const struct table *t, const struct page *page, struct string *out)             \
    {                                                                                                        \
        (void)page;                                                                                          \
        emit_##name(t, out);                                                                                 \
    }
TABLE(csv)
TABLE(tsv)
TABLE(json)
TABLE(jsonl)
TABLE(markdown)

const struct output_format output_formats[] = {
#define X(name, ...) {#name, __VA_ARGS__},
#include "report/formats.def.h"
#undef X
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
