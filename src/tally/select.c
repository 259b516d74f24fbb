/* select.c: a tally with fewer cuts, and its classes together, as a pass without them would have made it */
#include "base/number.h"
#include "loss/tail.h"
#include "tally/tally.h"

#include <math.h>
#include <stdlib.h>

/* The place, by other cuts that are among those of t. */
static uint32_t place_by(const struct bin_cuts *from, const struct bin_cuts *to, uint32_t place)
{
    uint32_t bin, out;
    uint64_t above;

    if (place < BIN_COUNT || place_is_aside(place)) return place;
    above = from->cut[place - BIN_COUNT].above;
    out = bin = from->cut[place - BIN_COUNT].bin;
    for (size_t i = bin_cuts_below(to, bin); i < to->count; i++) {
        if (to->cut[i].bin != bin || to->cut[i].above > above) break;
        out = BIN_COUNT + (uint32_t)i;
    }
    return out;
}

static bool has_cut(const struct bin_cuts *all, const struct bin_cut *cut)
{
    size_t i = bin_cuts_below(all, cut->bin);

    while (i < all->count && all->cut[i].bin == cut->bin && all->cut[i].above < cut->above) i++;
    return i < all->count && all->cut[i].bin == cut->bin && all->cut[i].above == cut->above;
}

/* Says which threshold is missing, and which there are. */
static bool no_cut(const struct tally *t, const struct bin_cut *cut, struct diag *d)
{
    uint64_t bits = cut->above;
    double tail;
    char missing[NUMBER_SIZE], number[NUMBER_SIZE];
    struct string all = {0};

    memcpy(&tail, &bits, sizeof tail);
    number_format(cut->bin < BIN_COUNT / 2 ? 1 - tail : nextafter(tail, 1), missing);
    for (size_t i = 0; i < t->easy_count && all.size < 400; i++) {
        number_format(t->easy[i], number);
        string_printf(&all, "%s%s", i ? ", " : "", number);
    }
    diag_fail(d, STATUS_DATA,
              "the state has no cut at p_t = %s: --easy may be %s, or what a new state is made with (report "
              "--easy %s --state); if it is --metrics or a figure that needs the cut, an older version made "
              "the state: make it anew",
              missing, all.size ? all.text : "0.5", missing);
    string_free(&all);
    return false;
}

/* The part, where classes are no longer kept apart. */
static uint64_t part_together(const struct facts *before, uint64_t part)
{
    size_t parts = before->task == TASK_SOFTMAX && before->background < 0 ? 1 : 2;

    return part / before->parts * parts + (facts_side(before, (size_t)(part % before->parts)) == 1);
}

bool tally_select(struct tally *t, const struct cuts *cuts, enum apart apart, struct diag *d)
{
    struct moment_table sums = {.weighted = t->square};
    struct kept_rows kept = {.weighted = t->square};
    struct bin_cuts own;
    struct facts before = t->facts;

    if (!bin_cuts_make(cuts, &own, d)) return false;
    for (size_t i = 0; i < own.count; i++)
        if (!has_cut(&t->cuts, &own.cut[i])) {
            no_cut(t, &own.cut[i], d);
            bin_cuts_free(&own);
            return false;
        }
    if (before.parts) facts_keep_apart(&t->facts, apart);
    if (t->facts.by_class && !before.by_class) {
        t->facts.by_class = false;
        facts_set_parts(&t->facts);
        bin_cuts_free(&own);
        return diag_fail(
            d, STATUS_DATA,
            "the state holds its %zu classes together, and this needs them apart: make it with --by-class",
            before.classes);
    }
    for (size_t i = 0; i < t->count; i++) {
        cell_key key = t->cell[i].key;
        uint64_t part = key_part(key);

        if (before.by_class && !t->facts.by_class) part = part_together(&before, part);
        moment_table_add(
            &sums,
            key_of(part, place_by(&t->cuts, &own, key_place(key)), (uint32_t)(key_level(key) + LEVEL_ZERO)),
            &t->cell[i], t->square ? &t->square[i] : NULL);
    }
    for (size_t i = 0; i < t->kept.count; i++) {
        const struct kept_row *r = &t->kept.row[i];
        bool together = before.by_class && !t->facts.by_class;

        kept_rows_add(&kept, together ? part_together(&before, r->part) : r->part, r->tail, r->weight);
    }
    free(t->cell);
    free(t->square);
    free(t->group_first);
    kept_rows_free(&t->kept);
    bin_cuts_free(&t->cuts);
    t->cuts = own;
    tally_take(t, &sums, &kept);
    return true;
}
