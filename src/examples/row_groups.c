/* row_groups.c: the group that a row is of, or its cluster in the group */
#include "examples/converter.h"

#include <string.h>

/* The key of a cluster in a group; it lasts until the next. */
static struct field cluster_key(struct converter *c, const struct field *group, struct field cluster)
{
    c->key.size = 0;
    string_add(&c->key, group->text, group->size);
    string_add(&c->key, "", 1);
    string_add(&c->key, cluster.text, cluster.size);
    return (struct field){.text = c->key.text, .size = c->key.size};
}

ptrdiff_t find_row_group(struct converter *c)
{
    const struct columns *columns = &c->file_schema->columns;
    const char *file = c->batch->file->path;
    char scratch[NUMBER_SIZE], other[NUMBER_SIZE];
    struct field f = {.text = file, .size = c->schema->in->by_file ? strlen(file) : 0}, cluster;

    if (columns->by >= 0) f = row_text(&c->row, (size_t)columns->by, scratch);
    if (memchr(f.text, 0, f.size)) return columns->by;
    if (columns->cluster >= 0) {
        cluster = row_text(&c->row, (size_t)columns->cluster, other);
        if (memchr(cluster.text, 0, cluster.size)) return columns->cluster;
        f = cluster_key(c, &f, cluster);
    }
    c->group = (ptrdiff_t)group_lookup_find(&c->groups, f.text, f.size, c->batch->file->number,
                                            c->batch->offset + c->row.place);
    c->groups.counts[c->group].rows++;
    return -1;
}

/* A field of a row of the piece as text. */
static struct field piece_text(struct converter *c, size_t row, size_t column, char scratch[NUMBER_SIZE])
{
    const struct row_run *run = &c->piece.run;

    if (run->at) {
        size_t begin = run_begin(run, row, column);

        return (struct field){.text = c->batch->bytes + begin,
                              .size = run_end(c->batch, run, row, column) - begin};
    }
    batch_row_at(c->batch, run->origin + row, 0, 0, &c->row);
    return row_text(&c->row, column, scratch);
}

void find_piece_groups(struct converter *c, size_t n)
{
    struct piece *p = &c->piece;
    const struct row_run *run = &p->run;
    const struct read_file *file = c->batch->file;
    ptrdiff_t by = c->file_schema->columns.by, cluster = c->file_schema->columns.cluster;
    struct field key = {.text = file->path, .size = c->schema->in->by_file ? strlen(file->path) : 0};

    for (size_t j = 0; j < n; j++) {
        size_t row = p->row[j], place = run->at ? run_begin(run, row, 0) : run->origin + row;
        char scratch[NUMBER_SIZE], other[NUMBER_SIZE];
        struct field own = by >= 0 ? piece_text(c, row, (size_t)by, scratch) : key;
        struct counts *counts;

        if (cluster >= 0) own = cluster_key(c, &own, piece_text(c, row, (size_t)cluster, other));
        p->place[j] =
            group_lookup_find(&c->groups, own.text, own.size, file->number, c->batch->offset + place);
        p->group[j] = c->groups.id[p->place[j]];
        counts = &c->groups.counts[p->place[j]];
        counts->rows++;
        counts->rows_used++;
    }
}
