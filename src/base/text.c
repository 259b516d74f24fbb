/* text.c: short pieces of text that need not end in NUL */
#include "base/text.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 60 };

static bool is_same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

void text_trim(const char **text, size_t *size)
{
    while (*size && (**text == ' ' || **text == '\t')) ++*text, --*size;
    while (*size && ((*text)[*size - 1] == ' ' || (*text)[*size - 1] == '\t')) --*size;
}

bool text_is(const char *text, size_t size, const char *word)
{
    size_t i = 0;

    while (i < size && word[i] && is_same_letter(text[i], word[i])) i++;
    return i == size && !word[i];
}

bool text_is_same(const char *text, size_t size, const char *word)
{
    size_t wide = strlen(word);

    text_trim(&word, &wide);
    return wide == size && strncasecmp(text, word, size) == 0;
}

bool text_missing(const char *text, size_t size)
{
    static const char *const sign[] = {"", "NA", "N/A", "#N/A", "nan", "null", "None", "\\N"};

    if (size && isdigit((unsigned char)*text)) return false; /* most fields */
    for (size_t i = 0; i < sizeof sign / sizeof *sign; i++)
        if (text_is(text, size, sign[i])) return true;
    return false;
}

/* The bytes of an item that stands between quotes, 0: it does not, or does not end well. */
static size_t quoted_item(const char *text)
{
    size_t n = 1;

    if (*text != '"') return 0;
    for (; text[n] && (text[n] != '"' || text[n + 1] == '"'); n++) n += text[n] == '"';
    return text[n] && (!text[n + 1] || text[n + 1] == ',') ? n + 1 : 0;
}

char *text_list_item(const char **list)
{
    const char *text = *list;
    size_t quoted = quoted_item(text), n = 0;
    char *item;

    if (!quoted) {
        *list += strcspn(text, ",");
        return mem_copy(text, (size_t)(*list - text));
    }
    *list += quoted;
    item = mem_copy(text + 1, quoted - 2);
    for (size_t i = 1; i + 1 < quoted; i++) {
        item[n++] = text[i];
        i += text[i] == '"';
    }
    item[n] = '\0';
    return item;
}

size_t text_distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t row[LONGEST + 1];

    if (a_size > LONGEST || b_size > LONGEST) return TEXT_FAR;
    for (size_t j = 0; j <= b_size; j++) row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0]++;

        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j], best = diagonal + !is_same_letter(a[i - 1], b[j - 1]);

            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[b_size];
}

int text_compare(const char *a, const char *b)
{
    const char *x = a, *y = b;

    while (*x && *y) {
        size_t m, n;
        int differ;

        if (!isdigit((unsigned char)*x) || !isdigit((unsigned char)*y)) {
            if (*x != *y) return (unsigned char)*x < (unsigned char)*y ? -1 : 1;
            x++, y++;
            continue;
        }
        while (*x == '0') x++;
        while (*y == '0') y++;
        m = strspn(x, "0123456789");
        n = strspn(y, "0123456789");
        if (m != n) return m < n ? -1 : 1;
        differ = memcmp(x, y, m);
        if (differ) return differ;
        x += m, y += n;
    }
    if (*x || *y) return *x ? 1 : -1;
    return strcmp(a, b);
}
