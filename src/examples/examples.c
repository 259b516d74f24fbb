/* examples.c: what the parts of a data set stand for */
#include "examples/examples.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const task_names[] = {"auto", "binary", "softmax", "sigmoid", "multilabel", NULL};

#define COUNT(name, one, many, aside)                                                                        \
    {                                                                                                        \
#name, one, many, aside, offsetof(struct counts, name)                                               \
    }
const struct count_kind count_kind[] = {
    COUNT(rows, "row", "rows", false),
    COUNT(examples, "example", "examples", false),
    COUNT(positives, "positive", "positives", false),
    COUNT(negatives, "negative", "negatives", false),
    COUNT(ignored, "ignored", "ignored", true),
    COUNT(bad, "bad row left out", "bad rows left out", true),
    COUNT(blank, "blank row", "blank rows", true),
    COUNT(clamped, "clamped to 0 or 1", "clamped to 0 or 1", true),
    COUNT(clipped, "clipped", "clipped", true),
};
const size_t count_kinds = sizeof count_kind / sizeof *count_kind;

bool facts_is_softmax(const struct facts *f)
{
    return f->task == TASK_SOFTMAX || (f->task == TASK_BINARY && f->scores == 2);
}

int facts_side(const struct facts *f, size_t part)
{
    if (f->task != TASK_SOFTMAX) return (int)(part & 1);
    if (f->background < 0) return -1;
    return f->by_class ? part != (size_t)f->background : (int)part;
}

size_t facts_class(const struct facts *f, size_t part)
{
    if (f->task == TASK_BINARY) return part;
    return !f->by_class ? 0 : f->task == TASK_SOFTMAX ? part : part / 2;
}

void counts_add(struct counts *into, const struct counts *from)
{
    into->rows += from->rows;
    into->rows_used += from->rows_used;
    into->examples += from->examples;
    into->positives += from->positives;
    into->negatives += from->negatives;
    into->ignored += from->ignored;
    into->bad += from->bad;
    into->blank += from->blank;
    into->clamped += from->clamped;
    into->clipped += from->clipped;
    into->zero_weight += from->zero_weight;
}

void group_key(const struct group *g, struct string *out)
{
    string_add(out, g->name, strlen(g->name));
    if (!g->cluster) return;
    string_add(out, "", 1);
    string_add(out, g->cluster, strlen(g->cluster));
}

void group_take_key(struct group *g, const char *key, size_t size, bool clustered)
{
    const char *end = clustered ? memchr(key, 0, size) : key + size;

    g->name = mem_copy(key, (size_t)(end - key));
    if (clustered) g->cluster = mem_copy(end + 1, size - (size_t)(end + 1 - key));
}

void facts_set_parts(struct facts *f)
{
    bool softmax = f->task == TASK_SOFTMAX;

    f->parts = f->by_class ? (softmax ? 1 : 2) * f->classes : softmax && f->background < 0 ? 1 : 2;
}

void facts_keep_apart(struct facts *f, enum apart apart)
{
    bool softmax = f->task == TASK_SOFTMAX;

    f->by_class = f->task != TASK_BINARY && (apart == APART_CLASSES || (softmax && apart == APART_SOFTMAX) ||
                                             (softmax && f->background < 0 && apart == APART_SIDELESS));
    facts_set_parts(f);
}

static bool differ(struct diag *d, const char *what, const char *a, const char *b)
{
    return diag_fail(d, STATUS_DATA, "its %s differ: %.80s, where others have %.80s", what, b, a);
}

static const char *text_of(const struct string *s)
{
    return s->size ? s->text : "none";
}

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

static bool same_positive(const struct facts *a, const struct facts *b)
{
    return !a->positive || !b->positive ? a->positive == b->positive : strcmp(a->positive, b->positive) == 0;
}

bool facts_bind(const struct facts *a, const struct facts *b, struct diag *d)
{
    static const char *const task[] = {"", "binary", "softmax", "sigmoid", "multilabel"};
    char x[32], y[32];

    if (a->task != b->task) return differ(d, "tasks", task[a->task], task[b->task]);
    if (a->logits != b->logits)
        return differ(d, "scores", a->logits ? "logits" : "probabilities",
                      b->logits ? "logits" : "probabilities");
    for (size_t k = 0; k < a->classes && k < b->classes; k++)
        if (strcmp(a->class_name[k], b->class_name[k]) != 0)
            return differ(d, "classes", a->class_name[k], b->class_name[k]);
    snprintf(x, sizeof x, "%zu", a->classes);
    snprintf(y, sizeof y, "%zu", b->classes);
    if (a->classes != b->classes) return differ(d, "numbers of classes", x, y);
    if (a->background != b->background)
        return differ(d, "background classes", a->background < 0 ? "none" : a->class_name[a->background],
                      b->background < 0 ? "none" : b->class_name[b->background]);
    if (a->scores != b->scores || !same_positive(a, b))
        return differ(d, "columns of scores", text_of(&a->score), text_of(&b->score));
    if (a->header == b->header && strcmp(text_of(&a->score), text_of(&b->score)) != 0)
        return differ(d, "columns of scores", text_of(&a->score), text_of(&b->score));
    if (a->weighted != b->weighted || (a->weighted && strcmp(text_of(&a->weight), text_of(&b->weight)) != 0))
        return differ(d, "weights", text_of(&a->weight), text_of(&b->weight));
    if (a->grouped != b->grouped || strcmp(text_of(&a->by), text_of(&b->by)) != 0)
        return differ(d, "groups", a->by.size ? a->by.text : yes_no(a->grouped),
                      b->by.size ? b->by.text : yes_no(b->grouped));
    if (a->clustered != b->clustered || strcmp(text_of(&a->cluster), text_of(&b->cluster)) != 0)
        return differ(d, "clusters", text_of(&a->cluster), text_of(&b->cluster));
    if (a->predictions != b->predictions)
        return differ(d, "predictions kept (--metrics)", yes_no(a->predictions), yes_no(b->predictions));
    if (a->by_class != b->by_class || a->parts != b->parts)
        return differ(d, "classes kept apart", yes_no(a->by_class), yes_no(b->by_class));
    if (strcmp(text_of(&a->options), text_of(&b->options)) != 0)
        return differ(d, "options", text_of(&a->options), text_of(&b->options));
    if (a->header == b->header &&
        !strstr(text_of(&a->options), "--labels") && /* whose files have their names */
        strcmp(text_of(&a->label), text_of(&b->label)) != 0)
        return differ(d, "columns of labels", text_of(&a->label), text_of(&b->label));
    snprintf(x, sizeof x, "%.17g", a->clip);
    snprintf(y, sizeof y, "%.17g", b->clip);
    return strcmp(x, y) == 0 || differ(d, "clips", x, y);
}

static void copy_text(const struct string *from, struct string *to)
{
    *to = (struct string){0};
    if (from->size) string_add(to, from->text, from->size);
}

void facts_copy(const struct facts *from, struct facts *out)
{
    *out = *from;
    out->format = mem_copy(from->format ? from->format : "", from->format ? strlen(from->format) : 0);
    copy_text(&from->options, &out->options);
    copy_text(&from->score, &out->score);
    copy_text(&from->label, &out->label);
    copy_text(&from->weight, &out->weight);
    copy_text(&from->by, &out->by);
    copy_text(&from->cluster, &out->cluster);
    out->files = mem_alloc(from->file_count, sizeof *out->files);
    for (size_t i = 0; i < from->file_count; i++)
        out->files[i] = mem_copy(from->files[i], strlen(from->files[i]));
    out->class_name = mem_alloc(from->classes, sizeof *out->class_name);
    for (size_t i = 0; i < from->classes; i++)
        out->class_name[i] = mem_copy(from->class_name[i], strlen(from->class_name[i]));
    out->preview = out->command = (struct string){0};
    out->note = NULL;
    out->notes = 0;
    if (from->positive) out->positive = mem_copy(from->positive, strlen(from->positive));
    out->counts = (struct counts){0};
    out->groups = NULL;
    out->group_order = NULL;
    out->group_count = 0;
}

void facts_name_files(struct facts *f, size_t room)
{
    for (size_t i = 0; i < f->file_count; i++) free(f->files[i]);
    free(f->files);
    f->files = mem_alloc(room, sizeof *f->files);
    f->file_count = 0;
}

void facts_note(struct facts *f, const char *format, ...)
{
    char text[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    f->note = mem_resize(f->note, f->notes + 1, sizeof *f->note);
    f->note[f->notes++] = mem_copy(text, strlen(text));
}

void facts_free(struct facts *f)
{
    free(f->format);
    string_free(&f->options);
    string_free(&f->score);
    string_free(&f->label);
    string_free(&f->weight);
    string_free(&f->by);
    string_free(&f->cluster);
    for (size_t i = 0; f->class_name && i < f->classes; i++) free(f->class_name[i]);
    for (size_t i = 0; f->groups && i < f->group_count; i++) {
        free(f->groups[i].name);
        free(f->groups[i].cluster);
    }
    free(f->class_name);
    free(f->positive);
    string_free(&f->preview);
    string_free(&f->command);
    for (size_t i = 0; i < f->notes; i++) free(f->note[i]);
    free(f->note);
    free(f->groups);
    for (size_t i = 0; i < f->file_count; i++) free(f->files[i]);
    free(f->files);
    free(f->group_order);
    *f = (struct facts){0};
}
