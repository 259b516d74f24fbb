/* check_tally.c: unit tests: a tally does not depend on the order of what it adds, nor on how it was split */
#include "check.h"

#include "base/crc32c.h"
#include "evaluate/cells.h"
#include "loss/loss.h"
#include "loss/tail.h"
#include "tally/state.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 12, GROUPS = 7, CLASSES = 5, CUTS = 600 };

/* What a data set is made of: rows first … end, in shards that follow each other. */
struct data {
    struct rows rows;
    uint32_t group[ROWS]; /* all 0 where they are not grouped */
    struct cuts cuts;
    bool weighted, grouped;
    size_t parts;
};

/* The groups of some rows, numbered backwards; id[g]: the number of group g there. */
static void find_groups(const struct data *s, size_t first, size_t end, struct facts *f, uint32_t id[GROUPS])
{
    uint64_t seen[GROUPS];
    char name[32];

    f->groups = mem_alloc(GROUPS, sizeof *f->groups);
    f->group_order = mem_alloc(GROUPS, sizeof *f->group_order);
    for (uint32_t g = GROUPS; g-- > 0;) {
        struct group *own = &f->groups[f->group_count];

        for (seen[g] = first; seen[g] < end && s->group[seen[g]] != g;) seen[g]++;
        if (seen[g] == end) continue;
        own->name = mem_copy(name, (size_t)snprintf(name, sizeof name, "g%u", g));
        own->seen[1] = seen[g];
        for (size_t i = first; i < end; i++) own->counts.examples += s->group[i] == g;
        id[g] = (uint32_t)f->group_count++;
    }
    for (size_t i = first, n = 0; n < f->group_count; i++)
        if (seen[s->group[i]] == i) f->group_order[n++] = id[s->group[i]];
}

static struct facts facts_of(const struct data *s, size_t first, size_t end, uint32_t id[GROUPS])
{
    struct facts f = {.task = s->parts > 2 ? TASK_SOFTMAX : TASK_BINARY,
                      .by_class = s->parts > 2,
                      .background = -1,
                      .parts = s->parts,
                      .classes = s->parts,
                      .weighted = s->weighted,
                      .grouped = s->grouped};
    char name[32];

    facts_name_files(&f, 1);
    f.file_count = 1;
    f.files[0] = mem_copy(name, (size_t)snprintf(name, sizeof name, "shard_%zu.csv", first));
    f.class_name = mem_alloc(f.classes, sizeof *f.class_name);
    for (size_t k = 0; k < f.classes; k++) f.class_name[k] = mem_copy("class", 5);
    f.counts.rows = f.counts.examples = end - first;
    find_groups(s, first, end, &f, id);
    return f;
}

/* The tally of some rows, added in steps of `step` by `workers` workers. */
static struct tally tally_between(const struct data *s, size_t first, size_t end, size_t step,
                                  unsigned workers)
{
    uint32_t id[GROUPS];
    struct tally t = {.facts = facts_of(s, first, end, id)};
    struct diag d = {0};
    struct accumulator *a = accumulator_open(&s->cuts, &d);
    struct sink sink = accumulator_sink(a);
    size_t n = end - first;

    sink.begin(sink.context, &t.facts, workers);
    for (size_t k = 0, i = 0; k < n; k++, i = (i + step) % n) {
        size_t row = first + i;
        struct examples e = {.n = 1,
                             .tail = &s->rows.tail[row],
                             .part = &s->rows.part[row],
                             .weight = s->weighted ? &s->rows.weight[row] : NULL,
                             .group = s->grouped ? &id[s->group[row]] : NULL};

        sink.take(sink.context, (unsigned)(k % workers), &e);
    }
    ck_assert_msg(accumulator_finish(a, &t, &d), "%s", d.text);
    accumulator_close(a);
    ck_assert(tally_identify(&t, 0, 0, NULL, &d));
    return t;
}

struct tally tally_of(const struct rows *r, const struct cuts *cuts, bool weighted, size_t step)
{
    static struct data s;

    s = (struct data){.rows = *r, .cuts = *cuts, .weighted = weighted, .parts = 2};
    return tally_between(&s, 0, ROWS, step, 2);
}

void rows_make(struct rows *r)
{
    for (size_t i = 0; i < ROWS; i++) {
        r->tail[i] = tail_of_xt(-12 + 24 * random_unit());
        if (i % 1000 == 0) r->tail[i] = tail_of_xt(-800 * random_unit() - 700);
        r->part[i] = random_unit() < 0.1;
        r->weight[i] = exp(20 * random_unit() - 10);
    }
}

START_TEST(order_does_not_matter)
{
    static struct rows rows;
    struct cuts cuts = {(double[]){cut_of_threshold(0.3), cut_of_threshold(0.9)}, 2};

    rows_make(&rows);
    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally a = tally_of(&rows, &cuts, weighted, 1), b = tally_of(&rows, &cuts, weighted, 7919);

        ck_assert(tally_equal(&a, &b));
        ck_assert_uint_eq(a.shard[0].fingerprint, b.shard[0].fingerprint);
        tally_free(&a);
        tally_free(&b);
    }
}
END_TEST

/* ---- rows that are kept ---- */

/* Whether a row is to be kept: plainly, by what the rows of its part and bin are. */
static bool is_to_keep(const struct data *s, size_t i)
{
    const struct rows *r = &s->rows;
    size_t of_part = 0, of_bin = 0, before = 0;

    for (size_t k = 0; k < ROWS; k++) {
        bool harder = tail_compare(r->tail[k], r->tail[i]) < 0;

        if (s->group[k] != s->group[i] || r->part[k] != r->part[i]) continue;
        if (s->weighted && !(r->weight[k] > 0)) continue;
        of_part++;
        if (tail_bin(r->tail[k]) != tail_bin(r->tail[i])) continue;
        of_bin++;
        before += s->weighted && (r->weight[k] > r->weight[i] || (r->weight[k] == r->weight[i] && harder));
    }
    return (!s->weighted || r->weight[i] > 0) &&
           (of_part <= KEPT_PART || (s->weighted ? before < KEPT_HEAVY : of_bin <= KEPT_BIN));
}

static size_t times_kept(const struct tally *t, uint64_t part, double tail, double weight)
{
    size_t n = 0;

    for (size_t i = 0; i < t->kept.count; i++) {
        const struct kept_row *r = &t->kept.row[i];

        n += r->part == part && bits_of(r->tail) == bits_of(tail) && r->weight == weight;
    }
    return n;
}

static void data_make(struct data *s, int kind)
{
    static double cut[CUTS];

    rows_make(&s->rows);
    s->weighted = kind & 1;
    s->grouped = kind & 2;
    s->parts = kind & 4 ? CLASSES : 2;
    s->cuts = (struct cuts){cut, random_bits() % (kind & 8 ? CUTS : 3)};
    for (size_t i = 0; i < s->cuts.count; i++) cut[i] = cut_of_threshold(0.001 + 0.998 * random_unit());
    if (kind & 8) /* many in one bin */
        for (size_t i = 0; i < s->cuts.count / 2; i++) cut[i] = cut_of_threshold(0.3 + 0.001 * random_unit());
    for (size_t i = 0; i < ROWS; i++) {
        s->group[i] = (uint32_t)(random_bits() % GROUPS);
        if (i < ROWS / 2) s->group[i] |= 1; /* some groups come late */
        if (s->group[i] >= GROUPS || !s->grouped) s->group[i] = 0;
        if (s->parts > 2) s->rows.part[i] = (uint32_t)(random_bits() % CLASSES);
        if (i % 97 == 0) s->rows.weight[i] = 0;
        if (i % 5 == 0 && kind & 8) s->rows.tail[i] = -0.3 - 0.001 * random_unit();
    }
}

/* The rows between random borders, added in a random tree. */
static struct tally tally_of_shards(const struct data *s)
{
    struct tally pool[SHARDS];
    size_t n = 0, at = 0;
    struct diag d = {0};

    while (at < ROWS && n < SHARDS) {
        size_t rows = n + 1 == SHARDS ? ROWS - at : 1 + (size_t)(random_bits() % (ROWS / 6));

        if (rows > ROWS - at) rows = ROWS - at;
        pool[n++] = tally_between(s, at, at + rows, 1, 1 + (unsigned)(random_bits() % 3));
        at += rows;
    }
    while (n > 1) {
        size_t a = (size_t)(random_bits() % n), b = (size_t)(random_bits() % n);

        if (a == b) continue;
        ck_assert_msg(tally_add(&pool[a], &pool[b], &d), "%s", d.text);
        tally_free(&pool[b]);
        pool[b] = pool[--n];
    }
    return pool[0];
}

/* Both are there, and alike, or neither. */
static void same_bytes(const void *a, const void *b, size_t size)
{
    ck_assert_int_eq(!a, !b);
    if (a) ck_assert_mem_eq(a, b, size);
}

static void same_cells(const struct cells *a, const struct cells *b)
{
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        MUST(memcmp(&a->cell[i], &b->cell[i], offsetof(struct cell, square)) == 0, "cell %zu", i);
        MUST(memcmp(a->cell[i].square, b->cell[i].square, TALLY_MOMENTS * sizeof(double)) == 0,
             "squares of cell %zu", i);
        same_bytes(a->cell[i].slice_rows, b->cell[i].slice_rows, sizeof(uint32_t[SLICES]));
        same_bytes(a->cell[i].slice_weight, b->cell[i].slice_weight, sizeof(double[WEIGHT_SLICES]));
        same_bytes(a->cell[i].rest, b->cell[i].rest, sizeof(double[TALLY_MOMENTS]));
        ck_assert_uint_eq(a->cell[i].kept_count, b->cell[i].kept_count);
        for (size_t k = 0; k < a->cell[i].kept_count; k++) {
            ck_assert(a->cell[i].kept[k].tail == b->cell[i].kept[k].tail);
            ck_assert(a->cell[i].kept[k].weight == b->cell[i].kept[k].weight);
        }
    }
}

/* Some rows of each kind of data are looked for one by one. */
START_TEST(few_and_heavy_rows_are_kept)
{
    static struct data s;

    for (int kind = 0; kind < 8; kind++) {
        struct tally t;
        size_t kept = 0;

        data_make(&s, kind);
        for (size_t i = 0; i < ROWS / 2; i++) s.rows.tail[i] = tail_of_xt(3 + 0.3 * random_unit());
        t = tally_between(&s, 0, ROWS, 1, 2);
        for (size_t i = 1; i < ROWS; i += 1 + (size_t)(random_bits() % 400)) {
            uint64_t group = 0;
            bool keep = is_to_keep(&s, i);

            while (s.grouped && strtoul(t.facts.groups[group].name + 1, NULL, 10) != s.group[i]) group++;
            MUST(times_kept(&t, group * s.parts + s.rows.part[i], s.rows.tail[i],
                            s.weighted ? s.rows.weight[i] : 1) == keep,
                 "kind %d, row %zu", kind, i);
            kept += keep;
        }
        ck_assert_uint_gt(kept, 0);
        tally_free(&t);
    }
}
END_TEST

START_TEST(shards_add_up_to_one_pass)
{
    static struct data s;

    for (int kind = 0; kind < 16; kind++) {
        struct tally whole, sum;
        struct cells a, b;

        data_make(&s, kind);
        whole = tally_between(&s, 0, ROWS, 1, 2);
        sum = tally_of_shards(&s);
        MUST(tally_equal(&whole, &sum), "kind %d", kind);
        a = cells_of_all(&whole);
        b = cells_of_all(&sum);
        same_cells(&a, &b);
        cells_free(&a);
        cells_free(&b);
        a = cells_of_group(&whole, whole.facts.group_count - 1);
        b = cells_of_group(&sum, whole.facts.group_count - 1);
        same_cells(&a, &b);
        cells_free(&a);
        cells_free(&b);
        tally_free(&whole);
        tally_free(&sum);
    }
}
END_TEST

START_TEST(cells_that_are_taken_are_those_of_the_tally)
{
    static struct data s;

    for (int kind = 0; kind < 16; kind++) {
        struct tally t, total;
        struct cells of_all, taken;
        size_t sliced = 0;

        data_make(&s, kind);
        t = tally_between(&s, 0, ROWS, 1, 2);
        tally_total(&t, &total);
        of_all = cells_of_all(&t);
        taken = cells_take(&total);
        ck_assert(!total.cell && !total.square && !total.count && !total.kept.row && !total.kept.count);
        same_cells(&of_all, &taken);
        for (size_t i = 0; i < taken.count; i++) sliced += taken.cell[i].slice_rows != NULL;
        if (!s.weighted) ck_assert_uint_eq(sliced, taken.count);
        cells_free(&of_all);
        cells_free(&taken);
        tally_free(&t);
        tally_free(&total);
    }
}
END_TEST

START_TEST(cells_lie_between_their_cuts_hardest_first)
{
    static struct data s;

    for (int weighted = 0; weighted < 2; weighted++) {
        struct tally t;
        struct cells c;
        uint64_t rows = 0, weightless = 0;

        data_make(&s, 8 | weighted);
        t = tally_between(&s, 0, ROWS, 1, 2);
        c = cells_of_all(&t);
        for (size_t i = 0; i < c.count; i++) {
            uint64_t n = 0;

            for (size_t k = 0; k < ROWS && i % 50 == 0; k++)
                n += s.rows.part[k] == c.cell[i].part &&
                     bits_of(s.rows.tail[k]) >> BIN_SHIFT == c.cell[i].bin &&
                     fabs(s.rows.tail[k]) > c.cell[i].low && fabs(s.rows.tail[k]) <= c.cell[i].high &&
                     !(weighted && s.rows.weight[k] == 0);
            if (i % 50 == 0) ck_assert_uint_eq(n, c.cell[i].count);
            rows += c.cell[i].count;
            if (i && c.cell[i].part == c.cell[i - 1].part)
                MUST(tail_compare(bin_tail(c.cell[i - 1].bin, c.cell[i - 1].sum[1] / c.cell[i - 1].sum[0]),
                                  bin_tail(c.cell[i].bin, c.cell[i].sum[1] / c.cell[i].sum[0])) < 0,
                     "cell %zu is not easier than the one before it", i);
        }
        for (size_t p = 0; p < 2; p++) weightless += c.weightless[p];
        ck_assert_uint_eq(weightless, weighted ? (ROWS + 96) / 97 : 0);
        ck_assert_uint_eq(rows + weightless, ROWS);
        cells_free(&c);
        tally_free(&t);
    }
}
END_TEST

START_TEST(what_does_not_add_is_refused)
{
    static struct data s, other;
    struct tally a, b;
    struct diag d = {0};

    data_make(&s, 0);
    s.cuts.count = 0;
    other = s;
    a = tally_between(&s, 0, 1000, 1, 1);
    b = tally_between(&s, 0, 1000, 7, 2);
    ck_assert(!tally_add(&a, &b, &d));
    ck_assert_str_eq(d.text, "the same data twice: shard_0.csv and shard_0.csv hold the same 1000 rows; "
                             "--allow-repeated counts both");
    tally_free(&b);
    other.parts = 3;
    b = tally_between(&other, 1000, 2000, 1, 1);
    d = (struct diag){0};
    ck_assert(!tally_add(&a, &b, &d));
    ck_assert_str_eq(d.text, "its tasks differ: softmax, where others have binary");
    tally_free(&b);
    other = s;
    other.cuts.count = 1;
    b = tally_between(&other, 1000, 2000, 1, 1);
    d = (struct diag){0};
    ck_assert(!tally_add(&a, &b, &d));
    ck_assert_ptr_nonnull(strstr(d.text, "thresholds"));
    tally_free(&b);
    tally_free(&a);
}
END_TEST

START_TEST(keys_that_are_too_wide_are_refused)
{
    static struct data s;
    struct cuts many = {malloc((CUTS_MOST + 2) * sizeof(double)), CUTS_MOST + 2};
    struct diag d = {0};
    struct accumulator *a;
    struct sink sink;
    struct tally t = {.facts = {.parts = 1u << 20, .grouped = true, .group_count = 1u << 17}};
    struct examples e = {
        .n = 1, .tail = (double[]){0.25}, .part = (uint32_t[]){7}, .group = (uint32_t[]){(1u << 17) - 1}};

    for (size_t i = 0; i < many.count; i++) many.at[i] = cut_of_threshold((double)(i + 1) / (CUTS_MOST + 4));
    ck_assert_ptr_null(accumulator_open(&many, &d));
    ck_assert_ptr_nonnull(strstr(d.text, "more than one pass can hold"));
    free(many.at);
    d = (struct diag){0};
    a = accumulator_open(&s.cuts, &d);
    sink = accumulator_sink(a);
    sink.begin(sink.context, &t.facts, 1);
    sink.take(sink.context, 0, &e);
    t.facts.group_count = 0;
    ck_assert(!accumulator_finish(a, &t, &d));
    ck_assert_ptr_nonnull(strstr(d.text, "more than a tally holds"));
    accumulator_close(a);
    t.facts = (struct facts){0};
    tally_free(&t);
}
END_TEST

START_TEST(checksums_are_those_of_the_standard)
{
    unsigned char bytes[1000];

    ck_assert_uint_eq(crc32c(0, "123456789", 9), 0xe3069283); /* the check value of CRC-32C */
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)random_bits();
    for (size_t n = 0; n < sizeof bytes; n += 37) { /* in two pieces, bit by bit as the polynomial says */
        uint32_t crc = UINT32_MAX;

        for (size_t i = 0; i < 8 * n; i++) {
            crc ^= bytes[i / 8] >> i % 8 & 1;
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
        }
        ck_assert_uint_eq(crc32c(crc32c(0, bytes, n / 3), bytes + n / 3, n - n / 3), ~crc);
    }
}
END_TEST

START_TEST(states_hold_the_whole_tally)
{
    static struct data s;

    for (int kind = 0; kind < 16; kind++) {
        struct tally t, back;
        struct string state = {0}, again = {0};
        struct diag d = {0};
        size_t used = 0;

        data_make(&s, kind);
        t = tally_between(&s, 100, 100 + (size_t)(random_bits() % 9000), 1, 2);
        state_write(&t, &state);
        string_puts(&state, "what stands behind");
        MUST(state_read(state.text, state.size, &used, &back, &d), "kind %d: %s", kind, d.text);
        ck_assert_uint_eq(used, state.size - strlen("what stands behind"));
        MUST(tally_equal(&t, &back), "kind %d", kind);
        ck_assert_int_eq(shard_compare(t.shard, back.shard), 0);
        state_write(&back, &again);
        ck_assert(again.size == used && memcmp(again.text, state.text, used) == 0);
        for (size_t n = 0; n < used; n += 1 + n / 20) {
            struct tally none;

            d = (struct diag){0};
            MUST(!state_read(state.text, n, &(size_t){0}, &none, &d), "%zu of %zu bytes", n, used);
        }
        tally_free(&t);
        tally_free(&back);
        string_free(&state);
        string_free(&again);
    }
}
END_TEST

static void put_crc(char *to, uint32_t crc)
{
    for (int i = 0; i < 4; i++) to[i] = (char)(crc >> 8 * i & 255);
}

/* Makes the checksums of a state right. */
static void mend_checksums(struct string *state, size_t head)
{
    put_crc(state->text + 12, crc32c(0, state->text + STATE_PREFIX, head));
    put_crc(state->text + STATE_PREFIX - 4, crc32c(0, state->text, STATE_PREFIX - 4));
    put_crc(state->text + state->size - 4, crc32c(0, state->text, state->size - 4));
}

START_TEST(hostile_states_do_no_harm)
{
    static struct data s;

    for (int kind = 0; kind < 16; kind++) {
        struct tally t;
        struct string state = {0};
        uint64_t head;
        int refused = 0;

        data_make(&s, kind);
        t = tally_between(&s, 0, 60, 1, 1);
        state_write(&t, &state);
        tally_free(&t);
        memcpy(&head, state.text + 16, sizeof head);
        for (int round = 0; round < 1000; round++) {
            struct diag d = {0};
            char before[8];
            size_t used, size = sizeof before, room = state.size - 4 - STATE_PREFIX - size,
                         at = STATE_PREFIX + (size_t)(random_bits() % (round % 2 ? room : head));

            memcpy(before, state.text + at, size);
            for (size_t i = 0; i < 1 + (size_t)round % size; i++)
                state.text[at + i] = (char)(round % 3 ? random_bits() : round % 4 ? 255 : 127);
            if (memcmp(before, state.text + at, size) == 0) continue;
            MUST(!state_read(state.text, state.size, &used, &t, &d), "the checksums do not tell");
            mend_checksums(&state, head);
            d = (struct diag){0};
            if (state_read(state.text, state.size, &used, &t, &d)) {
                struct cells c = cells_of_all(&t);

                cells_free(&c);
                tally_free(&t);
            } else {
                refused++;
            }
            memcpy(state.text + at, before, size);
            mend_checksums(&state, head);
        }
        MUST(refused > 300, "kind %d: %d refused", kind, refused);
        string_free(&state);
    }
}
END_TEST

START_TEST(fewer_cuts_are_as_if_there_had_been_no_more)
{
    static struct data s, few;

    for (int kind = 8; kind < 16; kind++) {
        struct tally t, want;
        struct diag d = {0};
        double cut[40];

        data_make(&s, kind);
        while (s.cuts.count < 40) data_make(&s, kind);
        few = s;
        few.cuts = (struct cuts){cut, 40};
        for (size_t i = 0; i < 40; i++) cut[i] = s.cuts.at[random_bits() % s.cuts.count];
        t = tally_between(&s, 0, ROWS, 1, 2);
        want = tally_between(&few, 0, ROWS, 1, 2);
        MUST(tally_select(&t, &few.cuts, APART_CLASSES, &d), "%s", d.text);
        MUST(tally_equal(&t, &want), "kind %d", kind);
        ck_assert(!tally_select(&t, &(struct cuts){(double[]){0.123456}, 1}, APART_CLASSES, &d));
        ck_assert_ptr_nonnull(strstr(d.text, "has no cut at p_t = 0.876544"));
        tally_free(&t);
        tally_free(&want);
    }
}
END_TEST

TCase *tally_cases(void)
{
    TCase *all = tcase_create("tally");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, order_does_not_matter);
    tcase_add_test(all, few_and_heavy_rows_are_kept);
    tcase_add_test(all, shards_add_up_to_one_pass);
    tcase_add_test(all, cells_that_are_taken_are_those_of_the_tally);
    tcase_add_test(all, cells_lie_between_their_cuts_hardest_first);
    tcase_add_test(all, what_does_not_add_is_refused);
    tcase_add_test(all, keys_that_are_too_wide_are_refused);
    tcase_add_test(all, checksums_are_those_of_the_standard);
    tcase_add_test(all, states_hold_the_whole_tally);
    tcase_add_test(all, hostile_states_do_no_harm);
    tcase_add_test(all, fewer_cuts_are_as_if_there_had_been_no_more);
    return all;
}
