/* kept_rows.c: the rows that a tally keeps as they are */
#include "tally/kept_rows.h"

#include "base/memory.h"
#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEEN_BITS = 12, SEEN_PAGE = 1 << SEEN_BITS, THIN_LEAST = 3 * KEPT_PART };

/* Four ranges of 2^62: far hard tails by falling size, hard ones by rising, easy ones by falling, far easy
   ones by rising; p_t = 1 comes last. */
uint64_t tail_order(double tail)
{
    const uint64_t range = (uint64_t)1 << 62, one = (uint64_t)1023 << 52, infinite = (uint64_t)2047 << 52;
    uint64_t size;

    memcpy(&size, &tail, sizeof size);
    size &= INT64_MAX;
    if (tail <= -1) return infinite - size;
    if (tail >= 1) return 3 * range + (size - one);
    if (signbit(tail)) return range + size;
    return size >> 52 ? 3 * range - 1 - size : UINT64_MAX;
}

static uint64_t bits_of(double x)
{
    uint64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static bool same_bin(const struct kept_row *a, const struct kept_row *b)
{
    return a->part == b->part && tail_bin(a->tail) == tail_bin(b->tail);
}

/* Of a bin: the heaviest first, then the hardest. */
static bool goes_before(const struct kept_row *a, const struct kept_row *b)
{
    return a->weight != b->weight ? a->weight > b->weight : tail_order(a->tail) < tail_order(b->tail);
}

static int by_weight(const void *a, const void *b)
{
    return goes_before(a, b) ? -1 : goes_before(b, a);
}

/* By part, then hardest first, then lightest first. */
static bool goes_behind(const struct kept_row *a, const struct kept_row *b)
{
    uint64_t own = tail_order(a->tail), other = tail_order(b->tail);

    if (a->part != b->part) return a->part > b->part;
    return own != other ? own > other : bits_of(a->weight) > bits_of(b->weight);
}

static bool are_in_order(const struct kept_rows *k)
{
    size_t i = 1;

    while (i < k->count && !goes_behind(&k->row[i - 1], &k->row[i])) i++;
    return i >= k->count;
}

static void rows_in_order(struct kept_rows *k)
{
    struct keyed *seat = mem_resize(NULL, k->count, sizeof *seat);
    struct kept_row *row = mem_resize(NULL, k->count, sizeof *row);
    bool parts = false;

    for (size_t i = 0; i < k->count; i++) seat[i] = (struct keyed){bits_of(k->row[i].weight), (uint32_t)i};
    if (k->weighted) sort_keyed(seat, k->count);
    for (size_t i = 0; i < k->count; i++) seat[i].key = tail_order(k->row[seat[i].index].tail);
    sort_keyed(seat, k->count);
    for (size_t i = 0; i < k->count; i++) {
        seat[i].key = k->row[seat[i].index].part;
        parts |= seat[i].key != seat[0].key;
    }
    if (parts) sort_keyed(seat, k->count);
    for (size_t i = 0; i < k->count; i++) row[i] = k->row[seat[i].index];
    free(seat);
    free(k->row);
    k->row = row;
    k->room = k->count;
}

/* Of n rows of one bin, the KEPT_HEAVY heaviest, in the order in which they stood, to `out`. *last: the last
   of them. */
static size_t heaviest(const struct kept_row *row, size_t n, struct kept_row *out, struct kept_row *last)
{
    struct kept_row *sorted = mem_alloc(n, sizeof *sorted);
    size_t before = 0, kept = 0, equal;

    memcpy(sorted, row, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_weight);
    *last = sorted[KEPT_HEAVY - 1];
    free(sorted);
    for (size_t i = 0; i < n; i++) before += goes_before(&row[i], last);
    equal = KEPT_HEAVY - before;
    for (size_t i = 0; i < n; i++) {
        if (goes_before(last, &row[i])) continue;
        if (!goes_before(&row[i], last)) {
            if (!equal) continue;
            equal--;
        }
        out[kept++] = row[i];
    }
    return kept;
}

/* ---- counting rows along sorted cells ---- */

struct walk {
    const struct bin_cuts *cuts;
    const struct moments *cell; /* NULL: rows are counted in the list itself */
    size_t count, at;
};

/* Rows of the part of row[0], of which n are listed. */
static uint64_t rows_of_part(struct walk *w, const struct kept_row *row, size_t n)
{
    uint64_t rows = 0;

    if (!w->cell) return n;
    while (w->at < w->count && key_part(w->cell[w->at].key) < row->part) w->at++;
    for (size_t i = w->at; i < w->count && key_part(w->cell[i].key) == row->part; i++)
        if (!place_is_aside(key_place(w->cell[i].key))) rows += w->cell[i].count;
    return rows;
}

/* Rows of the bin of row[0]: that comes behind those asked for before. */
static uint64_t rows_of_bin(struct walk *w, const struct kept_row *row, size_t n)
{
    uint64_t rows = 0;

    if (!w->cell) return n;
    for (; w->at < w->count && key_part(w->cell[w->at].key) == row->part; w->at++) {
        uint32_t place = key_place(w->cell[w->at].key);

        if (!place_is_aside(place) && place_bin(w->cuts, place) == tail_bin(row->tail))
            rows += w->cell[w->at].count;
        else if (rows)
            break;
    }
    return rows;
}

/* The last of the heaviest rows of a bin of a large part: lighter ones are not wanted. */
static struct kept_row *floor_of(struct kept_rows *k, const struct kept_row *r)
{
    struct hash_slot *s = hash_at(&k->floor, r->part << KEY_PLACE_BITS | tail_bin(r->tail));

    if (!s->item) {
        s->item = (uint32_t)k->floor.count;
        k->floor_row = mem_grow(k->floor_row, &k->floor_room, k->floor.count, sizeof *k->floor_row);
        k->floor_row[s->item - 1] = (struct kept_row){0};
    }
    return &k->floor_row[s->item - 1];
}

/* What is wanted of n rows of one bin of a large part goes to `out`, which may be where they stand. */
static size_t keep_of_bin(struct kept_rows *k, struct walk *w, const struct kept_row *row, size_t n,
                          struct kept_row *out)
{
    struct kept_row last;
    size_t kept;

    if (!k->weighted && rows_of_bin(w, row, n) > KEPT_BIN) return 0;
    if (!k->weighted || n <= KEPT_HEAVY) {
        memmove(out, row, n * sizeof *row);
        return n;
    }
    kept = heaviest(row, n, out, &last);
    if (!w->cell) *floor_of(k, &last) = last;
    return kept;
}

static void keep(struct kept_rows *k, struct walk *w)
{
    size_t kept = 0, end, bin_end;

    if (!are_in_order(k)) rows_in_order(k);
    for (size_t i = 0; i < k->count; i = end) {
        for (end = i; end < k->count && k->row[end].part == k->row[i].part;) end++;
        if (rows_of_part(w, &k->row[i], end - i) <= KEPT_PART) {
            memmove(&k->row[kept], &k->row[i], (end - i) * sizeof *k->row);
            kept += end - i;
            continue;
        }
        for (size_t b = i; b < end; b = bin_end) {
            for (bin_end = b; bin_end < end && same_bin(&k->row[bin_end], &k->row[b]);) bin_end++;
            kept += keep_of_bin(k, w, &k->row[b], bin_end - b, &k->row[kept]);
        }
    }
    k->count = kept;
}

static bool is_stale(const struct kept_rows *k, const struct kept_row *r)
{
    return k->seen[r->part >> SEEN_BITS][r->part % SEEN_PAGE] > KEPT_PART && k->stale(k->context, r);
}

/* Leaves rows out that will not be wanted. */
static void thin(struct kept_rows *k)
{
    size_t kept = 0;

    if (!k->stale) {
        keep(k, &(struct walk){0});
        return;
    }
    for (size_t i = 0; i < k->count; i++)
        if (!is_stale(k, &k->row[i])) k->row[kept++] = k->row[i];
    k->count = kept;
}

void kept_rows_add(struct kept_rows *k, uint64_t part, double tail, double weight)
{
    if (k->count >= THIN_LEAST && k->count >= k->thin_at) {
        thin(k);
        k->thin_at = 2 * k->count;
    }
    k->row = mem_grow(k->row, &k->room, k->count + 1, sizeof *k->row);
    k->row[k->count++] = (struct kept_row){part, tail, weight};
}

bool kept_rows_count(struct kept_rows *k, uint64_t part, uint64_t rows)
{
    size_t page = (size_t)(part >> SEEN_BITS), before = k->seen_room;
    uint16_t *seen;

    if (page >= k->seen_room) {
        k->seen = mem_grow(k->seen, &k->seen_room, page + 1, sizeof *k->seen);
        memset(k->seen + before, 0, (k->seen_room - before) * sizeof *k->seen);
    }
    if (!k->seen[page]) k->seen[page] = mem_alloc(SEEN_PAGE, sizeof *seen);
    seen = &k->seen[page][part % SEEN_PAGE];
    *seen = (uint16_t)(rows > KEPT_PART || *seen + rows > KEPT_PART ? KEPT_PART + 1 : *seen + rows);
    return *seen <= KEPT_PART;
}

bool kept_rows_offer(struct kept_rows *k, uint64_t part, double tail, double weight, bool few)
{
    struct kept_row r = {part, tail, weight};

    if (!kept_rows_count(k, part, 1)) {
        if (!k->weighted && !few) return false;
        if (k->weighted && !goes_before(&r, floor_of(k, &r))) return true;
    }
    kept_rows_add(k, part, tail, weight);
    return true;
}

void kept_rows_move(struct kept_rows *from, struct kept_rows *to)
{
    if (from->stale) thin(from);
    if (from->count) {
        to->row = mem_grow(to->row, &to->room, to->count + from->count, sizeof *to->row);
        memcpy(to->row + to->count, from->row, from->count * sizeof *to->row);
        to->count += from->count;
    }
    kept_rows_free(from);
}

/* The cells from `first` on that are of the bin of its place; *rows: in all of them. Returns where they end.
 */
static size_t bin_end(const struct walk *w, size_t first, uint64_t *rows)
{
    size_t end = first;

    for (*rows = 0; end < w->count; end++) {
        cell_key key = w->cell[end].key, begin = w->cell[first].key;

        if (key_part(key) != key_part(begin) || place_is_aside(key_place(key)) ||
            place_bin(w->cuts, key_place(key)) != place_bin(w->cuts, key_place(begin)))
            break;
        *rows += w->cell[end].count;
    }
    return end;
}

/* How many rows of a bin are to be kept. */
static uint64_t rows_wanted(uint64_t of_part, uint64_t of_bin, bool weighted)
{
    if (of_part <= KEPT_PART || of_bin <= KEPT_BIN) return of_bin;
    return !weighted ? 0 : of_bin < KEPT_HEAVY ? of_bin : KEPT_HEAVY;
}

bool kept_rows_are_settled(const struct kept_rows *k, const struct bin_cuts *cuts, const struct moments *cell,
                           size_t count)
{
    struct walk w = {cuts, cell, count, 0};
    size_t at = 0;
    uint64_t of_part = 0;

    for (size_t i = 0, end; i < count; i = end) {
        uint64_t part = key_part(cell[i].key), of_bin, left;

        end = i + 1;
        if (place_is_aside(key_place(cell[i].key))) continue;
        if (!i || key_part(cell[i - 1].key) != part)
            of_part = rows_of_part(&w, &(struct kept_row){.part = part}, 0);
        end = bin_end(&w, i, &of_bin);
        left = rows_wanted(of_part, of_bin, k->weighted);
        for (uint32_t bin = place_bin(cuts, key_place(cell[i].key)); left; left--, at++)
            if (at == k->count || k->row[at].part != part || tail_bin(k->row[at].tail) != bin) return false;
    }
    return at == k->count;
}

bool kept_rows_settle(struct kept_rows *k, const struct bin_cuts *cuts, const struct moments *cell,
                      size_t count)
{
    if (count) keep(k, &(struct walk){cuts, cell, count, 0});
    return kept_rows_are_settled(k, cuts, cell, count);
}

size_t kept_rows_at(const struct kept_rows *k, size_t first, const struct bin_cuts *cuts, cell_key key)
{
    uint32_t place = key_place(key);
    size_t end = first;

    if (place_is_aside(place)) return 0;
    for (uint32_t bin = place_bin(cuts, place); end < k->count; end++)
        if (k->row[end].part != key_part(key) || tail_bin(k->row[end].tail) != bin ||
            (cuts->count && place_search(cuts, k->row[end].tail) != place))
            break;
    return end - first;
}

void kept_rows_free(struct kept_rows *k)
{
    for (size_t i = 0; i < k->seen_room; i++) free(k->seen[i]);
    free(k->seen);
    free(k->row);
    free(k->floor_row);
    hash_free(&k->floor);
    *k = (struct kept_rows){0};
}
