/* clusters.c: the clusters in a tally's groups, and the groups that they add up to */
#include "base/string_table.h"
#include "tally/tally.h"

#include <stdlib.h>
#include <string.h>

/* A part, and what it is sorted by. */
struct named_part {
    const struct group *group;
    uint32_t in, place;
};

static int by_names(const void *a, const void *b)
{
    const struct named_part *x = a, *y = b;
    int order = strcmp(x->group->cluster, y->group->cluster);

    return order ? order : strcmp(x->group->name, y->group->name);
}

/* Which of t's groups each of the clusters is in. */
static struct named_part *parts_in_order(const struct tally *t, const struct tally *clusters)
{
    const struct facts *f = &clusters->facts;
    struct named_part *out = mem_alloc(f->group_count, sizeof *out);
    struct string_table names = {0};

    for (size_t g = 0; g < t->facts.group_count; g++)
        string_table_put(&names, t->facts.groups[g].name, strlen(t->facts.groups[g].name), &(bool){false});
    for (size_t i = 0; i < f->group_count; i++) {
        const char *name = f->groups[i].name;

        out[i] = (struct named_part){&f->groups[i], (uint32_t)string_table_find(&names, name, strlen(name)),
                                     (uint32_t)i};
    }
    string_table_free(&names);
    if (f->group_count) qsort(out, f->group_count, sizeof *out, by_names);
    return out;
}

static size_t count_clusters(const struct clusters *c)
{
    size_t n = 0;

    for (size_t k = 0; k < c->clusters; k++) {
        uint64_t examples = 0;

        for (size_t i = c->first[k]; i < c->first[k + 1]; i++)
            examples += c->cells.facts.groups[c->part[i].place].counts.examples;
        n += examples > 0;
    }
    return n;
}

/* Numbers the clusters, and lists the parts by group as well. */
static void list_parts(struct clusters *c, const struct named_part *part, size_t groups)
{
    size_t *next = mem_alloc(groups + 1, sizeof *next);

    c->part = mem_alloc(c->count, sizeof *c->part);
    c->first = mem_alloc(c->count + 1, sizeof *c->first);
    c->by_group = mem_alloc(c->count, sizeof *c->by_group);
    c->group_first = mem_alloc(groups + 1, sizeof *c->group_first);
    for (size_t i = 0; i < c->count; i++) {
        if (!i || strcmp(part[i].group->cluster, part[i - 1].group->cluster) != 0)
            c->first[c->clusters++] = i;
        c->part[i] = (struct cluster_part){(uint32_t)(c->clusters - 1), part[i].in, part[i].place};
        c->group_first[part[i].in + 1]++;
    }
    c->first[c->clusters] = c->count;
    for (size_t g = 0; g < groups; g++) c->group_first[g + 1] += c->group_first[g];
    memcpy(next, c->group_first, (groups + 1) * sizeof *next);
    for (size_t i = 0; i < c->count; i++) c->by_group[next[c->part[i].group]++] = (uint32_t)i;
    free(next);
}

void tally_join(struct tally *t)
{
    struct clusters *c;
    struct named_part *part;

    if (!t->facts.clustered) return;
    c = mem_alloc(1, sizeof *c);
    tally_rename(t, NULL, false, &c->cells);
    t->facts.clustered = false;
    t->clusters = c;
    c->count = c->cells.facts.group_count;
    part = parts_in_order(t, &c->cells);
    list_parts(c, part, t->facts.group_count);
    t->facts.clusters = count_clusters(c);
    free(part);
}
