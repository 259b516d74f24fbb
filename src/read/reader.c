/* reader.c: the files, one after the other, as batches in the order of the input

   Where any place of a file can be read, a thread claims the next place and reads it by itself, so that
   copying and looking for separators are done side by side. What depends on the places before it, which line
   and row that is and whether a quoted field may hold newlines, is passed on from claim to claim. All else is
   read in order, under the lock: streams, and texts with quotes from the first quote on. */
#include "read/internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 256 << 10 };

/* The formats of files; the first that takes a file for its own has it. */
static const struct format *const formats[] = {&format_npy, &format_csv};

struct reader *reader_open(const struct reader_options *options, const char *const *files, size_t file_count)
{
    struct reader *r = mem_alloc(1, sizeof *r);

    *r = (struct reader){.options = *options, .files = files, .file_count = file_count};
    if (!r->options.block) r->options.block = BLOCK;
    if (pipe2(r->wake, O_CLOEXEC) != 0) r->wake[0] = r->wake[1] = -1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->passed, NULL);
    return r;
}

/* Whoever waits for a producer, under the lock or as a decoder, waits no longer. */
static void wake(struct reader *r)
{
    ssize_t written = r->wake[1] < 0 ? 0 : write(r->wake[1], "", 1);

    (void)written; /* a full pipe wakes as well */
}

void reader_close(struct reader *r)
{
    if (!r) return;
    wake(r);
    bytes_close(r->bytes);
    for (int i = 0; i < 2; i++)
        if (r->wake[i] >= 0) close(r->wake[i]);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->passed);
    for (size_t i = 0; i < r->begun; i++) {
        if (r->options.forget && r->file[i]->meaning) r->options.forget(r->file[i]->meaning);
        free(r->file[i]->array);
        free(r->file[i]);
    }
    free(r->file);
    free(r->held);
    free(r->shard_name);
    free(r);
}

struct read_file *reader_file(const struct reader *r, size_t i)
{
    return r->file[i];
}

char *reader_format(const struct reader *r)
{
    const char *coding = r->bytes ? bytes_coding(r->bytes) : "";
    struct string out = {0};

    string_puts(&out, r->format->name);
    if (*coding) string_printf(&out, " (%s)", coding);
    return out.text;
}

uint64_t reader_batches(const struct reader *r)
{
    bool known = r->file_count == 1 && r->bytes && bytes_seekable(r->bytes);

    return known ? bytes_total(r->bytes) / r->options.block + 1 : 0;
}

uint64_t reader_blank(const struct reader *r)
{
    return r->blank;
}

static void end_file(struct reader *r)
{
    r->taken += bytes_taken(r->bytes);
    bytes_close(r->bytes);
    r->bytes = NULL;
}

bool reader_begin(struct reader *r, struct diag *d)
{
    struct read_file *f = mem_alloc(1, sizeof *f);
    const char *path = r->files[r->next_file];

    if (r->bytes) end_file(r);
    r->file = mem_grow(r->file, &r->file_room, r->begun + 1, sizeof *r->file);
    r->file[r->begun++] = f;
    f->name = f->path = strcmp(path, "-") == 0 ? "standard input" : path;
    f->number = (uint32_t)r->next_file++;
    r->held_from = r->held_size = 0;
    r->ended = r->by_places = false;
    r->offset = r->from = 0;
    r->line = 1;
    r->bytes = bytes_open(path, r->wake[0], d);
    if (!r->bytes || !hold(r, SAMPLE_SIZE, d)) return false;
    if (is_no_table(f->name, held(r), r->held_size, d)) return false;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        r->format = formats[i];
        if (r->format->is(held(r), r->held_size)) break;
    }
    return r->format->begin(r, d);
}

/* Reads what was claimed as number `ticket`, and waits for the claims before it. 1: the batch is whole; 0: it
   is to be read in order, or there is nothing in it; −1: d is filled. */
static int finish_claim(struct reader *r, uint64_t ticket, struct batch_buffer *buffer, struct batch *b,
                        struct diag *d)
{
    bool ok = r->format->read(r, buffer, b, d);
    int result = ok ? b->size > 0 : -1;

    pthread_mutex_lock(&r->lock);
    while (r->passes != ticket) pthread_cond_wait(&r->passed, &r->lock);
    if (!ok) {
        r->stop = true;
    } else if (!r->by_places) {
        result = 0;
    } else if (b->in_order) { /* from here on */
        r->by_places = r->ended = false;
        r->held_from = r->held_size = 0;
        r->offset = b->offset;
        result = bytes_seek(r->bytes, b->offset, d) ? 0 : -1;
    } else if (result) {
        number_batch(r, b);
    }
    r->passes++;
    pthread_cond_broadcast(&r->passed);
    pthread_mutex_unlock(&r->lock);
    return result;
}

/* The next batch, or a claim to one, under the lock: 1. 0: no more; −1: d is filled. */
static int next_or_claim(struct reader *r, struct batch_buffer *buffer, struct batch *b, bool *claimed,
                         struct diag *d)
{
    while (!r->stop && (r->bytes || r->next_file < r->file_count)) {
        if (!r->bytes && !reader_begin(r, d)) return -1;
        *claimed = r->by_places && r->format->claim(r, b);
        if (*claimed) return 1;
        if (r->passes < r->claims) { /* whether and how it goes on here is for others to say */
            pthread_cond_wait(&r->passed, &r->lock);
            continue;
        }
        if (!r->by_places && r->format->next(r, buffer, b, d)) return 1;
        if (d->status) return -1;
        end_file(r);
    }
    return 0;
}

int reader_next(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d)
{
    for (;;) {
        const struct format *format;
        bool claimed = false;
        uint64_t ticket;
        int result;

        pthread_mutex_lock(&r->lock);
        result = next_or_claim(r, buffer, b, &claimed, d);
        if (result < 0) r->stop = true;
        format = r->format;
        ticket = r->claims;
        r->claims += claimed;
        pthread_mutex_unlock(&r->lock);
        if (claimed)
            result = finish_claim(r, ticket, buffer, b, d);
        else if (result > 0 && format->index)
            format->index(buffer, b);
        if (result || !claimed) return result;
    }
}

void reader_stop(struct reader *r)
{
    wake(r);
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->passed);
    pthread_mutex_unlock(&r->lock);
}

uint64_t reader_taken(struct reader *r, uint64_t *total)
{
    uint64_t taken;

    pthread_mutex_lock(&r->lock);
    taken = r->taken + (r->bytes ? bytes_taken(r->bytes) : 0);
    pthread_mutex_unlock(&r->lock);
    *total = 0;
    for (size_t i = 0; i < r->file_count; i++) {
        struct stat st;

        if (strcmp(r->files[i], "-") == 0 || stat(r->files[i], &st) != 0 || !S_ISREG(st.st_mode)) {
            *total = 0;
            break;
        }
        *total += (uint64_t)st.st_size;
    }
    return *total && taken > *total ? *total : taken;
}

void turns_open(struct turns *t)
{
    *t = (struct turns){.next = 0};
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->passed, NULL);
}

void turns_wait(struct turns *t, uint64_t number)
{
    pthread_mutex_lock(&t->lock);
    while (t->next != number) pthread_cond_wait(&t->passed, &t->lock);
    pthread_mutex_unlock(&t->lock);
}

void turns_pass(struct turns *t)
{
    pthread_mutex_lock(&t->lock);
    t->next++;
    pthread_cond_broadcast(&t->passed);
    pthread_mutex_unlock(&t->lock);
}

void turns_close(struct turns *t)
{
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->passed);
}
