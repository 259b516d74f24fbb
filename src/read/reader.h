/* reader.h: files, one after the other, as batches of whole rows

   A file is plain, gzip or zstd, or standard input, and holds text (CSV and its kin) or a .npy array. The
   reader knows nothing of what the columns mean. Where a file begins it calls `understand` with a sample of
   its first rows; that function fills in the dialect of a text and says where its rows begin. Then batches
   are handed out, to any number of threads, numbered in the order of the input:

       struct reader *r = reader_open(&(struct reader_options){.understand = mine, .context = me}, files, n);
       struct batch_buffer buffer = {0};
       struct batch batch;
       while (reader_next(r, &buffer, &batch, d) > 0) ...
       batch_buffer_free(&buffer);
       reader_close(r);

   read/rows.h goes through the rows of a batch. Batches reach threads in the order of their numbers but are
   done in any order; who writes something for each waits for its turn (struct turns). A thread that waits
   holds its batch, so no more than one batch a thread is in memory:

       while (reader_next(r, &buffer, &batch, d) > 0) {
           ... make the batch's text, at full speed ...
           turns_wait(&turns, batch.number);
           ... write it ...
           turns_pass(&turns);
       } */
#ifndef READ_READER_H
#define READ_READER_H

#include "read/csv.h"
#include "read/npy.h"

#include <pthread.h>

/* A longer row is taken for a quote that never ends. */
enum { ROW_LIMIT = 64 << 20 };
/* The sample of a file: its first bytes, more only where the first two rows are longer. */
enum { SAMPLE_SIZE = 256 << 10 };

/* One file as it is read. */
struct read_file {
    const char *path;       /* as it was given, or "standard input" */
    const char *name;       /* for messages: the path, and the shard where its lines are counted */
    uint32_t number;        /* from 0 */
    struct npy *array;      /* NULL: text */
    struct dialect dialect; /* of text: filled in by `understand` */
    void *meaning;          /* for `understand` to set; the reader hands it to `forget` at the end */
};

/* The beginning of a file. A text's begins with its first line that is neither blank nor a comment; a UTF-8
   BOM is gone. Empty (size 0) where a text has no such line. */
struct sample {
    struct read_file *file;
    const char *text; /* a text's first bytes, or an array's first elements */
    size_t size;
    uint64_t line; /* of text[0], from 1 */
    size_t begin;  /* of a text, to be set: the offset of the first row that is data (behind the header) */
    /* of a text, by sample_rows: */
    struct row *row; /* [rows] */
    size_t *end;     /* [rows]: the offset behind each row */
    size_t rows;
    struct reader *reader;
};

/* Parts a text's sample from offset `from` on into rows of fields, at most `limit` of them, blank lines and
   comments passed over; only whole rows, but at least two where the file has them. A row's `kind` says
   whether its quotes are closed and in their places. The rows (and `text`) hold until the next call, or until
   `understand` returns. False with d filled: a read failed, or the first row never ends. */
bool sample_rows(struct sample *s, struct dialect dialect, size_t from, size_t limit, struct diag *d);
/* Of an array of numbers: whole rows in the sample (0 where it is kept column after column and does not fit),
   and one of its numbers. */
size_t sample_array_rows(const struct sample *s);
double sample_number(const struct sample *s, size_t row, size_t column);

struct reader_options {
    uint64_t skip;          /* lines of each text that are passed over first, whatever is in them */
    char comment;           /* lines that begin so are passed over; 0: none */
    size_t block;           /* bytes of a batch, more only where a row is longer; 0: the usual size */
    bool count_rows;        /* batches carry the number of their first row */
    uint32_t shard, shards; /* only the rows of part `shard` (from 1) of `shards` of one plain file; 0: all */
    bool text_arrays;       /* arrays of texts (dtypes U and S) are read, too */
    void *context;
    /* Called once for each file, when it begins, on the thread that came to it first, before any of its
       batches. False with d filled ends the reading. */
    bool (*understand)(void *context, struct sample *sample, struct diag *d);
    void (*forget)(void *meaning); /* NULL: nothing to free */
};

/* Whole rows of a file: of text, or of an array (as bytes, in the array's order). Before bytes[0] and behind
   bytes[size − 1] there are KERNEL_PAD bytes. */
struct batch {
    const struct read_file *file;
    uint64_t number; /* from 0, through all files */
    uint64_t offset; /* in its file: of text the byte, of an array the row with which it begins */
    uint64_t line;   /* of its first row, from 1 (of an array the row) */
    uint64_t row;    /* of its first row among all rows of all files, from 0; blank lines and comments are no
                        rows; of text only with count_rows */
    uint64_t rows;   /* in it; of text only with count_rows */
    char *bytes;
    size_t size;
    /* of text: */
    uint64_t lines;     /* '\n' in it */
    const uint32_t *at; /* [separators]: the places of its delimiters and newlines; only without quotes */
    size_t separators;
    bool quotes, returns; /* the dialect's quote, '\r' may be in it */
    bool in_order;        /* the reader's own: to be read again in order */
};

/* A batch's bytes and its separators, reused. Zero-initialise; one for each thread. */
struct batch_buffer {
    char *bytes;
    size_t room;
    uint32_t *at;
    size_t at_room;
};
void batch_buffer_free(struct batch_buffer *b);

struct reader;

/* The list of files is not copied. */
struct reader *reader_open(const struct reader_options *options, const char *const *files, size_t file_count);
/* Opens the next file (and leaves the one before it) and has it understood. reader_next does so by itself;
   the first file may be begun so, to know what it is before workers are made. */
bool reader_begin(struct reader *r, struct diag *d);
/* For any number of threads. 1: *b is filled, its bytes in the buffer; 0: no more; −1: d is filled, and there
   will be no more. */
int reader_next(struct reader *r, struct batch_buffer *buffer, struct batch *b, struct diag *d);
/* There will be no more batches, but for those on their way, which come before all others. */
void reader_stop(struct reader *r);
void reader_close(struct reader *r);

/* The file that was begun as number i. */
struct read_file *reader_file(const struct reader *r, size_t i);
char *reader_format(const struct reader *r); /* of the first file: "csv", "npy (gzip)", ...; free it */
/* How many batches there are, as far as it is known when the first file has begun; 0: unknown. */
uint64_t reader_batches(const struct reader *r);
/* Blank lines before the first rows of the files so far, which are in no batch. */
uint64_t reader_blank(const struct reader *r);
/* Bytes read so far, before decoding; *total: of all files, 0 where one's size is not known. By any
   thread. */
uint64_t reader_taken(struct reader *r, uint64_t *total);

/* Threads that take turns in the order of their batches. Every number from 0 on must come, each once. */
struct turns {
    pthread_mutex_t lock;
    pthread_cond_t passed;
    uint64_t next;
};
void turns_open(struct turns *t);
void turns_wait(struct turns *t, uint64_t number);
void turns_pass(struct turns *t);
void turns_close(struct turns *t);

#endif
