/* notes.c: what a careful colleague would say about labels and columns */
#include "examples/notes.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A value of --positive, --negative, --ignore or --background. */
struct watched_label {
    const char *option, *text;
    size_t size;
    double number; /* NaN: it is none */
    bool seen;
};

static void watch_labels(struct label_watch *w, const char *option, const char *const *item, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct watched_label *t = &w->label[w->count++];

        *t = (struct watched_label){option, item[i], strlen(item[i]), NAN, false};
        text_trim(&t->text, &t->size);
        if (!number_parse(t->text, t->size, &t->number)) t->number = NAN;
    }
}

void label_watch_open(struct label_watch *w, const struct input *in)
{
    size_t room = in->positive.count + in->negative.count + in->ignore.count + 1;

    *w = (struct label_watch){.label = mem_alloc(room, sizeof *w->label)};
    watch_labels(w, "--positive", in->positive.item, in->positive.count);
    watch_labels(w, "--negative", in->negative.item, in->negative.count);
    watch_labels(w, "--ignore", in->ignore.item, in->ignore.count);
    watch_labels(w, "--background", &in->background, in->background != NULL);
    w->left = w->count;
}

static void mark_seen(struct label_watch *w, struct watched_label *t)
{
    t->seen = true;
    w->left--;
}

void label_watch_text(struct label_watch *w, const char *text, size_t size)
{
    double x = NAN;
    bool number;

    text_trim(&text, &size);
    number = number_parse(text, size, &x);
    for (size_t i = 0; i < w->count; i++) {
        struct watched_label *t = &w->label[i];

        bool same = t->size == size && memcmp(t->text, text, size) == 0;

        if (!t->seen && (same || (number && t->number == x) ||
                         (text_missing(text, size) && text_is_same(text, size, t->text))))
            mark_seen(w, t);
    }
}

void label_watch_number(struct label_watch *w, double value)
{
    for (size_t i = 0; i < w->count; i++)
        if (!w->label[i].seen && w->label[i].number == value) mark_seen(w, &w->label[i]);
}

void label_watch_merge(struct label_watch *into, const struct label_watch *from)
{
    for (size_t i = 0; i < into->count; i++)
        if (from->label[i].seen && !into->label[i].seen) mark_seen(into, &into->label[i]);
    into->first_class = into->first_class || from->first_class;
    into->last_class = into->last_class || from->last_class;
}

void label_watch_free(struct label_watch *w)
{
    free(w->label);
    *w = (struct label_watch){0};
}

/* ---- the table of notes ---- */

struct noted {
    const struct schema *schema;
    const struct facts *facts;
    const struct label_watch *watch;
};

static bool header_counted(const struct noted *n)
{
    return n->schema->counted;
}

static bool weight_found(const struct noted *n)
{
    return n->facts->found_weight;
}

/* Classes that nobody named count from 0: is there no 0, though there is the last? */
static bool no_first_class(const struct noted *n)
{
    return n->schema->labels.kind == LABELS_CLASSES && n->schema->in->label_base < 0 &&
           !n->schema->in->classes && n->watch->last_class && !n->watch->first_class &&
           strcmp(n->schema->class_name[0], "0") == 0;
}

static const struct note {
    bool (*holds)(const struct noted *n);
    const char *text;
} note_table[] = {
    {header_counted,
     "the first row, 0 and 1, is read as a header that counts the columns: --no-header takes it as data"},
    {weight_found,
     "column %s weighs the examples, as its name was found: --weight COL names another, --weight '' none"},
    {no_first_class, NOTE_NO_FIRST_CLASS},
};

/* Are two of the values that were told one label with a comma, whose quotes were left out? */
static const char *comma_hint(const struct list *list, const char *labels)
{
    bool hint = false;

    for (size_t i = 1; i < list->count && !hint; i++) {
        struct string joined = {0};

        string_printf(&joined, "%s,%s", list->item[i - 1], list->item[i]);
        hint = strstr(labels, joined.text) != NULL;
        string_free(&joined);
    }
    return hint ? "; a label with a comma stands between quotes, as in --positive '\"a, b\"'" : "";
}

bool notes_add(const struct schema *p, const struct label_watch *watch, const char *labels, struct facts *f,
               struct diag *d)
{
    struct noted n = {p, f, watch};
    bool positive = p->in->positive.count > 0;
    const char *missed = NULL;
    char shown[DIAG_SHOWN];

    for (size_t i = 0; i < watch->count; i++) {
        const struct watched_label *t = &watch->label[i];

        positive = positive && (strcmp(t->option, "--positive") != 0 || !t->seen);
        if (t->seen) continue;
        if (!missed && strcmp(t->option, "--positive") == 0) missed = t->text;
        facts_note(f, "%s %s: no row has this label%s%s", t->option, diag_shown(shown, t->text, t->size),
                   *labels ? "; the first labels are " : "", labels);
    }
    /* a shard may have none */
    if (positive && !p->in->apart_few && f->counts.examples && !f->counts.positives && f->counts.negatives)
        return diag_fail(d, STATUS_DATA,
                         "--positive %s: no row has this label, so there is no positive%s%s%s",
                         diag_shown(shown, missed, strlen(missed)), *labels ? "; the first labels are " : "",
                         labels, comma_hint(&p->in->positive, labels));
    f->first_class = watch->first_class;
    for (size_t i = 0; i < sizeof note_table / sizeof *note_table; i++)
        if (note_table[i].holds(&n)) facts_note(f, note_table[i].text, f->weight.size ? f->weight.text : "");
    return true;
}
