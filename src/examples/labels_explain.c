/* labels_explain.c: why a text is no label, and which option makes it one */
#include "base/number.h"
#include "base/text.h"
#include "examples/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool has_any(const char *text, size_t size, const char *letters)
{
    for (size_t i = 0; i < size; i++)
        if (strchr(letters, text[i])) return true;
    return false;
}

/* How an option says a label in a shell: one with a comma between quotes, for it takes a list. */
static const char *option_value(const char *text, size_t size, const char *shown, char out[DIAG_SHOWN])
{
    bool comma = memchr(text, ',', size), apostrophe = memchr(text, '\'', size);

    if (comma == apostrophe || size > DIAG_SHOWN - 6 || has_any(text, size, "\"$`\\!")) return shown;
    snprintf(out, DIAG_SHOWN, comma ? "'\"%.*s\"'" : "\"%.*s\"", (int)size, text);
    return out;
}

/* Names of classes that are 0, 1, 2, ... as nobody named them. */
static bool are_places(const struct labels *l)
{
    uint64_t n;

    for (size_t k = 0; k < l->classes; k++)
        if (!number_parse_whole(l->class_name[k], strlen(l->class_name[k]), &n) || n >= l->classes)
            return false;
    return true;
}

/* A number that the classes' names make doubtful: by its own number, or by its place? */
static void explain_own_number(const struct labels *l, const char *shown, double value,
                               char out[LABELS_SHOWN])
{
    const char *by_name = NULL;
    size_t used;
    uint64_t n;

    for (size_t k = 0; k < l->classes; k++)
        if (labels_own_number(l, k, &n) && (double)n == value) by_name = l->class_name[k];
    used = (size_t)snprintf(out, LABELS_SHOWN,
                            "%s could be %.40s%s%.40s, the columns counted from 0: --classes ", shown,
                            by_name ? by_name : "no class", value < (double)l->classes ? " or " : "",
                            value < (double)l->classes ? l->class_name[(size_t)value] : "");
    for (size_t k = 0; k < l->classes && k < 12; k++) {
        labels_own_number(l, k, &n);
        used +=
            (size_t)snprintf(out + used, LABELS_SHOWN - used, "%s%llu", k ? "," : "", (unsigned long long)n);
    }
    snprintf(out + used, LABELS_SHOWN - used,
             "%s takes the names' numbers; --label-base 0 counts the columns", l->classes > 12 ? ",..." : "");
}

static void explain_class(const struct labels *l, const char *shown, const char *option, bool number,
                          double value, char out[LABELS_SHOWN])
{
    size_t used;

    if (number && l->own_numbers && value >= 0 && value <= (double)l->classes && value == floor(value)) {
        explain_own_number(l, shown, value, out);
        return;
    }
    if (number && l->kind == LABELS_PAIR && l->side[1] == 0 && (value == 0 || value == 1)) {
        const char *by_side = l->class_name[value == 0], *by_place = l->class_name[value == 1];

        snprintf(out, LABELS_SHOWN,
                 "%s could be %.40s, or %.40s as the columns are counted from 0: --classes 1,0 takes 1 for "
                 "%.40s, --classes 0,1 for %.40s",
                 shown, by_side, by_place, l->class_name[0], l->class_name[1]);
        return;
    }
    used = (size_t)snprintf(out, LABELS_SHOWN, "%s is none of the classes ", shown);
    for (size_t k = 0; k < l->classes && k < 6; k++)
        used += (size_t)snprintf(out + used, LABELS_SHOWN - used, "%s%.24s", k ? ", " : "", l->class_name[k]);
    used += (size_t)snprintf(out + used, LABELS_SHOWN - used, "%s", l->classes > 6 ? ", ..." : "");
    if (number && value == (double)l->classes && (are_places(l) || l->by_place))
        snprintf(out + used, LABELS_SHOWN - used,
                 ": labels count from 0; where they count from 1, say --label-base 1");
    else
        snprintf(out + used, LABELS_SHOWN - used, "%s; --ignore=%s leaves such rows out",
                 are_places(l) ? "; --classes names them, in the order of their columns" : "", option);
}

const char *labels_explain(const struct labels *l, const char *text, size_t size, char out[LABELS_SHOWN])
{
    char shown[DIAG_SHOWN], quoted[DIAG_SHOWN];
    const char *positive, *option;
    double value;
    bool number, says_none;

    text_trim(&text, &size);
    says_none = l->kind == LABELS_SIDES && text_is(text, size, "none");
    diag_shown(shown, text, size);
    option = option_value(text, size, shown, quoted);
    number = number_parse(text, size, &value);
    if (size == 0)
        snprintf(out, LABELS_SHOWN, "no label; --ignore '' leaves such rows out");
    else if (text_missing(text, size))
        snprintf(out, LABELS_SHOWN, "%s is no label; --ignore %.*s leaves such rows out%s%.*s%s", shown,
                 (int)size, text, says_none ? ", --negative " : "", says_none ? (int)size : 0, text,
                 says_none ? " takes it as a negative label" : "");
    else if (number && value > 0 && value < 1)
        snprintf(out, LABELS_SHOWN, "%s is between 0 and 1: soft labels are not supported", shown);
    else if ((positive = labels_but_for_case(l, text, size)))
        snprintf(out, LABELS_SHOWN,
                 "%s is '%.60s' but for its case: --positive '%.60s,%.*s' takes both; --negative names the "
                 "negative ones",
                 shown, positive, positive, (int)(size > 60 ? 60 : size), text);
    else if (l->kind != LABELS_SIDES && !(number && value == -1))
        explain_class(l, shown, option, number, value, out);
    else if (number && value == -1)
        snprintf(out, LABELS_SHOWN,
                 "-1 is no label by itself: --ignore=-1 leaves such rows out (ignored anchors), "
                 "--negative=-1 takes them as "
                 "negatives (labels 1 and -1)");
    else
        snprintf(out, LABELS_SHOWN,
                 "%s is no label (1 or 0, true or false, yes or no); name the positive label with "
                 "--positive=VALUE, or "
                 "--ignore=%s leaves such rows out%s",
                 shown, option,
                 memchr(text, ',', size) ? " (quotes hold a label with a comma together, for --positive, too)"
                 : size > 1 && *text == '\'' ? "; where ' is a quote, --quote \"'\" reads it"
                                             : "");
    return out;
}
