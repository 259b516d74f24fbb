/* emit.c: examples to the sink, with their counts */
#include "examples/converter.h"
#include "loss/tail.h"

struct counts *counts_of_row(struct converter *c)
{
    return c->group >= 0 ? &c->groups.counts[c->group] : &c->counts;
}

void emit_example(struct converter *c, double tail, double rest, size_t part, int side)
{
    struct counts *counts = counts_of_row(c);
    struct example_buffer *b = &c->buffer;

    counts->examples++;
    counts->positives += side == 1;
    counts->negatives += side == 0;
    if (tail_clip(&tail, c->schema->facts->clip)) {
        counts->clipped++;
        rest = 0;
    }
    b->tail[b->n] = tail;
    b->rest[b->n] = rest;
    b->part[b->n] = (uint32_t)part;
    b->weight[b->n] = c->weight;
    b->row[b->n] = (uint32_t)(c->row.number - c->batch->row);
    b->prediction[b->n] = c->prediction;
    if (c->group >= 0) b->group[b->n] = c->groups.id[c->group];
    if (++b->n == EXAMPLE_BUFFER) emit_buffer(c);
}

void emit_buffer(struct converter *c)
{
    struct example_buffer *b = &c->buffer;
    const struct facts *f = c->schema->facts;
    struct examples e = {.n = b->n,
                         .tail = b->tail,
                         .rest = c->sink.rows ? b->rest : NULL,
                         .part = b->part,
                         .weight = f->weighted ? b->weight : NULL,
                         .group = facts_are_keyed(f) ? b->group : NULL,
                         .prediction = f->predictions ? b->prediction : NULL,
                         .first_row = c->batch->row,
                         .row = b->row};

    if (b->n) c->sink.take(c->sink.context, c->worker, &e);
    b->n = 0;
}

void emit_piece(struct converter *c, size_t n, bool kept, const uint32_t *part, const uint32_t *side)
{
    struct piece *p = &c->piece;
    const struct facts *f = c->schema->facts;
    struct examples e = {.n = n,
                         .tail = p->tail,
                         .rest = keeps_rest(c) ? p->rest : NULL,
                         .part = part,
                         .weight = f->weighted ? p->number : NULL,
                         .group = facts_are_keyed(f) ? p->group : NULL,
                         .prediction = f->predictions ? p->prediction : NULL,
                         .first_row = p->run.number,
                         .row = kept ? p->row : NULL};
    uint64_t positives = 0;

    if (!n) return;
    for (size_t j = 0; f->predictions && kept && j < n; j++) p->prediction[j] = p->prediction[p->row[j]];
    if (facts_are_keyed(f)) {
        for (size_t j = 0; j < n; j++) {
            struct counts *counts = &c->groups.counts[p->place[j]];

            counts->examples++;
            counts->positives += side && side[j];
            counts->negatives += side && !side[j];
        }
    } else {
        for (size_t j = 0; side && j < n; j++) positives += side[j];
        c->counts.examples += n;
        c->counts.positives += positives;
        c->counts.negatives += side ? n - positives : 0;
    }
    c->sink.take(c->sink.context, c->worker, &e);
}
