/* states.c: any bytes as a state whose checksums are right: what is read can be added, evaluated, written,
   and read again (for libFuzzer) */
#include "fuzz.h"

#include "base/crc32c.h"
#include "evaluate/measure.h"
#include "tally/state.h"

static void put(unsigned char *to, uint64_t x, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++) to[i] = (unsigned char)(x >> 8 * i);
}

/* Makes sizes and checksums fit. */
static void sign(unsigned char *state, size_t size)
{
    size_t rest = size - STATE_PREFIX - 4, head = (state[16] | (size_t)state[17] << 8) % (rest + 1);

    memcpy(state, STATE_MAGIC, STATE_MAGIC_SIZE);
    put(state + 8, STATE_VERSION, 4);
    put(state + 12, crc32c(0, state + STATE_PREFIX, head), 4);
    put(state + 16, head, 8);
    put(state + 24, rest - head, 8);
    put(state + 32, crc32c(0, state, STATE_PREFIX - 4), 4);
    put(state + size - 4, crc32c(0, state, size - 4), 4);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *state = malloc(size + 1);
    struct tally t, again, sum;
    struct merger m = {0};
    struct string text = {0};
    struct diag d = {0};
    size_t used = 0;

    if (size < STATE_PREFIX + 4 || !state) return free(state), 0;
    memcpy(state, data, size);
    sign(state, size);
    if (state_read((char *)state, size, &used, &t, &d)) {
        must(used == size, "not the whole was used");
        if (t.facts.parts) evaluate(&t);
        must(merger_add(&m, &t, &d), "it does not add to nothing");
        merger_finish(&m, &sum);
        must(tally_equal(&t, &sum), "alone it adds up to something else");
        tally_free(&sum);
        state_write(&t, &text);
        must(state_read(text.text, text.size, &used, &again, &d), "what was written is not read");
        must(used == text.size && tally_equal(&t, &again), "what was written is another state");
        tally_free(&again);
        tally_join(&t);
        tally_free(&t);
    } else {
        fuzz_message(false, &d);
    }
    merger_free(&m);
    string_free(&text);
    free(state);
    return 0;
}
