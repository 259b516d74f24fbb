/* examples.c: what the parts of a data set stand for */
#include "examples/examples.h"

#include <stdlib.h>

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

void facts_free(struct facts *f)
{
    string_free(&f->score);
    string_free(&f->label);
    string_free(&f->weight);
    string_free(&f->by);
    for (size_t i = 0; f->class_name && i < f->classes; i++) free(f->class_name[i]);
    for (size_t i = 0; f->groups && i < f->group_count; i++) free(f->groups[i].name);
    free(f->class_name);
    free(f->groups);
    free(f->weightless);
    free(f->group_order);
    *f = (struct facts){0};
}
