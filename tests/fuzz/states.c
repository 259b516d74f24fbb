/* states.c: any bytes as a state whose checksums are right: what is read can be added, written, and read
   again (for libFuzzer) */
#include "fuzz.h"

#include "base/crc32c.h"
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
        must(merger_add(&m, &t, &d), "it does not add to nothing");
        merger_finish(&m, &sum);
        must(tally_equal(&t, &sum), "alone it adds up to something else");
        tally_free(&sum);
        state_write(&t, &text);
        must(state_read(text.text, text.size, &used, &again, &d), "what was written is not read");
        must(used == text.size && tally_equal(&t, &again), "what was written is another state");
        tally_free(&again);
        tally_free(&t);
    } else {
        must(d.status && d.text[0] && !strchr(d.text, '\n'), "not a message of one line");
    }
    merger_free(&m);
    string_free(&text);
    free(state);
    return 0;
}
