/* state.c: any bytes as a state file, and as the head and body of one whose checksums are right; what is read
   is written and read again (for libFuzzer) */
#include "fuzz.h"

#include "base/crc32c.h"
#include "evaluate/measure.h"
#include "tally/state.h"

#include <stdlib.h>

static void put_little(struct string *out, uint64_t x, int size)
{
    for (int i = 0; i < size; i++) string_putc(out, (char)(x >> 8 * i & 255));
}

static void put_state(const char *data, size_t size, size_t head, struct string *out)
{
    string_add(out, STATE_MAGIC, STATE_MAGIC_SIZE);
    put_little(out, STATE_VERSION, 4);
    put_little(out, crc32c(0, data, head), 4);
    put_little(out, head, 8);
    put_little(out, size - head, 8);
    put_little(out, crc32c(0, out->text, out->size), 4);
    string_add(out, data, size);
    put_little(out, crc32c(0, out->text, out->size), 4);
}

/* Any sums that are believed can be evaluated. */
static void evaluate(const struct tally *t)
{
    struct cells cells = cells_of_all(t);
    int *side = mem_alloc(t->facts.parts, sizeof *side);
    struct setting setting = {.loss = loss_find("focal", 5), .param = {2}};
    struct sums *sums = mem_alloc(t->facts.parts, sizeof *sums);
    struct concentration c;
    struct measure *m;

    for (size_t p = 0; p < t->facts.parts; p++) side[p] = facts_side(&t->facts, p);
    m = measure_open(cells.cell, cells.count, t->facts.parts, side, NULL, 0);
    measure_set(m, &setting);
    measure_sums(m, sums);
    measure_concentration(m, NULL, NULL, &c);
    measure_close(m);
    free(sums);
    free(side);
    cells_free(&cells);
}

static void check(const char *bytes, size_t size)
{
    struct tally t, again;
    struct diag d = {0};
    struct string out = {0};
    size_t used;

    if (!state_read(bytes, size, &used, &t, &d)) return;
    if (used > size) abort();
    if (t.facts.parts) evaluate(&t);
    state_write(&t, &out);
    if (!state_read(out.text, out.size, &used, &again, &d) || !tally_equal(&t, &again)) abort();
    tally_free(&t);
    tally_free(&again);
    string_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct string state = {0};
    size_t head = size > 2 ? data[0] + 256u * data[1] : 0;

    check((const char *)data, size);
    if (size <= 2) return 0;
    if (head > size - 2) head = size - 2;
    put_state((const char *)data + 2, size - 2, head, &state);
    check(state.text, state.size);
    string_free(&state);
    return 0;
}
