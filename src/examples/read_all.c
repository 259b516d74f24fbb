/* read_all.c: files → examples: workers take turns at cutting blocks of whole rows, and make examples of them
   side by side */
#include "examples/read_all.h"

#include "base/progress.h"
#include "base/thread.h"
#include "examples/convert.h"
#include "examples/label_file.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 << 10 };

struct run {
    struct schema schema;
    struct reader *reader;
    const struct file_schema *first; /* of the first file that is not empty: further files have to fit */
    size_t files, begun, texts;      /* how many there are; that have begun; of these, no arrays */
    struct sink sink;
    struct bad_rows bad_rows;
    struct groups groups;
    struct progress progress;
    _Atomic uint64_t rows; /* so far */
    pthread_mutex_t lock;  /* of what stands below */
    struct diag *diag;
    struct counts counts;
    struct label_watch labels;
};

void input_defaults(struct input *in)
{
    *in = (struct input){.header = -1, .label_base = -1, .clip = -1, .decimal = '.', .progress = -1};
}

static void show_progress(struct run *run)
{
    uint64_t total, taken = reader_taken(run->reader, &total);

    progress_show(&run->progress, taken, total, run->rows);
}

/* Batches are handed out in order: when a bad row is found, all rows before it are done or being done, so the
   first bad row of the input will be among those that are kept. */
static void work(void *context, unsigned worker)
{
    struct run *run = context;
    struct batch_buffer buffer = {0};
    struct batch batch;
    struct converter *converter;
    struct diag own = {0};

    converter = converter_open(&run->schema, run->sink, worker, &run->bad_rows, &run->groups);
    while (reader_next(run->reader, &buffer, &batch, &own) > 0) {
        convert_batch(converter, &batch);
        atomic_fetch_add(&run->rows, batch.lines);
        if (progress_due(&run->progress)) show_progress(run);
        if (!run->schema.in->skip_bad && bad_rows_full(&run->bad_rows)) reader_stop(run->reader);
        if (run->sink.enough && run->sink.enough(run->sink.context)) reader_stop(run->reader);
    }
    pthread_mutex_lock(&run->lock);
    if (own.status && !run->diag->status) *run->diag = own;
    converter_close(converter, &run->counts, &run->labels);
    pthread_mutex_unlock(&run->lock);
    batch_buffer_free(&buffer);
}

/* As many as are asked for, but not many more than there are cores, nor more than there is work for. */
static unsigned workers_for(const struct run *run)
{
    unsigned cores = thread_count_allowed(), n = run->schema.in->threads ? run->schema.in->threads : cores;
    uint64_t batches = reader_batches(run->reader);

    if (n > 4 * cores) n = 4 * cores;
    if (batches && batches < n) n = (unsigned)batches;
    return n ? n : 1;
}

/* Groups, or the one that all rows are of, and the counts of all. */
static void count_up(struct run *run, struct facts *f)
{
    uint64_t rows = run->counts.rows + reader_blank(run->reader);

    groups_close(&run->groups, f);
    f->counts = run->counts;
    for (size_t i = 0; i < f->group_count; i++) counts_add(&f->counts, &f->groups[i].counts);
    f->counts.rows = rows;
    f->counts.blank += reader_blank(run->reader);
    if (facts_are_keyed(f)) return;
    f->groups = mem_resize(f->groups, 1, sizeof *f->groups);
    f->group_order = mem_resize(f->group_order, 1, sizeof *f->group_order);
    f->groups[0] = (struct group){.name = mem_copy("", 0), .counts = f->counts};
    f->group_order[0] = 0;
    f->group_count = 1;
}

/* Some of the labels that the data have. */
static const char *first_labels(const struct run *run)
{
    return run->schema.label_file ? label_file_shown(run->schema.label_file) : run->first->labels;
}

/* What is to be said when all is read. */
static bool conclude(struct run *run, struct facts *f, struct diag *d)
{
    const struct bad_rows *c = &run->bad_rows;
    const struct counts *n = &f->counts;
    const char *file = reader_file(run->reader, 0)->name;
    bool several = run->schema.in->file_count > 1;

    if (c->count &&
        !run->schema.in->skip_bad) { /* a bad row comes before what stopped the reading behind it */
        *d = (struct diag){0};
        return diag_fail(d, STATUS_DATA, "%s", c->kept[0].text);
    }
    for (unsigned i = 0; run->schema.in->progress != 0 && i < c->count; i++)
        diag_say("%s (left out)", c->kept[i].text);
    if (run->schema.in->progress != 0 && n->bad > c->count)
        diag_say("%llu more bad rows were left out", (unsigned long long)(n->bad - c->count));
    if (d->status) return false;
    if (run->schema.in->may_be_empty && n->examples == 0) return true;
    if (n->rows == n->blank && several)
        return diag_fail(d, STATUS_DATA, "%s and %zu other file%s: no rows", file,
                         run->schema.in->file_count - 1, run->schema.in->file_count == 2 ? "" : "s");
    if (n->rows == n->blank)
        return diag_fail(d, STATUS_DATA, f->header ? "%s: a header and no rows" : "%s: no rows", file);
    if (n->examples == 0)
        return diag_fail(d, STATUS_DATA,
                         "%s: no examples: of %llu rows %llu are ignored, %llu bad, %llu blank", file,
                         (unsigned long long)n->rows, (unsigned long long)n->ignored,
                         (unsigned long long)n->bad, (unsigned long long)n->blank);
    if (run->schema.label_file) label_watch_merge(&run->labels, label_file_watch(run->schema.label_file));
    if (run->schema.label_file && !run->schema.in->shards &&
        !label_file_check_used(run->schema.label_file, n->rows - n->blank, d))
        return false;
    if (notes_add(&run->schema, &run->labels, first_labels(run), f, d)) return true;
    if (run->schema.in->may_be_empty) *d = (struct diag){0}; /* other parts may have what this one lacks */
    return run->schema.in->may_be_empty;
}

static bool read_all(struct run *run, struct facts *facts)
{
    unsigned workers = workers_for(run);
    uint64_t taken, total;

    run->sink.begin(run->sink.context, facts, workers);
    groups_open(&run->groups);
    label_watch_open(&run->labels, run->schema.in);
    bad_rows_open(&run->bad_rows, run->schema.in->skip_bad ? BAD_ROWS_KEPT : 1);
    pthread_mutex_init(&run->lock, NULL);
    progress_open(&run->progress, run->schema.in->progress);
    thread_run(workers, work, run);
    count_up(run, facts);
    taken = reader_taken(run->reader, &total);
    progress_close(&run->progress, taken, facts->counts.rows);
    conclude(run, facts, run->diag);
    bad_rows_close(&run->bad_rows);
    label_watch_free(&run->labels);
    pthread_mutex_destroy(&run->lock);
    return run->diag->status == STATUS_OK;
}

/* Begins the first file that is not empty; where all are, and may be, `first` stays NULL. */
static bool begin_first(struct run *run, size_t files, struct diag *d)
{
    for (size_t i = 0; i < files; i++) {
        const struct file_schema *schema;

        if (!reader_begin(run->reader, d)) return false;
        schema = reader_file(run->reader, i)->meaning;
        if (!schema->empty) run->first = schema;
        if (run->first) return true;
    }
    return run->schema.in->may_be_empty || diag_fail(d, STATUS_DATA, "%s: an empty file, as all others are",
                                                     reader_file(run->reader, 0)->name);
}

/* Where all files are arrays, an option that says how a text is to be read would do nothing. */
static bool check_texts(const struct run *run, struct diag *d)
{
    const struct input *in = run->schema.in;
    const struct label_file *labels = run->schema.label_file;
    const struct {
        const char *name;
        bool given;
    } option[] = {{"delimiter", in->delimiter},
                  {"comment", in->comment},
                  {"quote", in->quote},
                  {"skip", in->skip},
                  {"decimal", in->decimal != '.'},
                  {"header", in->header == 1},
                  {"no-header", in->header == 0}};

    if (run->begun < run->files || run->texts || (labels && !label_file_is_array(labels))) return true;
    for (size_t i = 0; i < sizeof option / sizeof *option; i++)
        if (option[i].given)
            return diag_fail(d, STATUS_USAGE, "--%s is for text, and %s is a .npy array", option[i].name,
                             run->first->file);
    return true;
}

/* The columns of a file that begins. */
static bool understand(void *context, struct sample *sample, struct diag *d)
{
    struct run *run = context;
    struct file_schema *schema = sample->file->meaning = mem_alloc(1, sizeof *schema);

    if (!detect_file(run->schema.in, sample, run->first, schema, d)) return false;
    run->begun++;
    run->texts += !schema->array;
    return schema->empty || !run->first ||
           (schema_fit(&run->schema, run->first, schema, d) && check_texts(run, d));
}

/* A label for each row is found by the row's number, which is not known in a part of a text. */
static bool check_shard(const struct input *in, const struct facts *f, struct diag *d)
{
    if (!in->shards || !in->labels_file || in->key || !f->delimiter) return true;
    return diag_fail(d, STATUS_USAGE,
                     "--shard of a text does not know its rows' numbers: join --labels by --key");
}

bool pass_read(const struct input *in, size_t block, struct sink sink, struct facts *facts, struct diag *d)
{
    static const char *const standard[] = {"-"};
    const char *const *files = in->file_count ? in->files : standard;
    size_t file_count = in->file_count ? in->file_count : 1;
    struct run run = {.sink = sink, .diag = d, .files = file_count};
    bool ok;

    *facts = (struct facts){0};
    facts_name_files(facts, file_count);
    for (; facts->file_count < file_count; facts->file_count++)
        facts->files[facts->file_count] =
            mem_copy(files[facts->file_count], strlen(files[facts->file_count]));
    run.schema = (struct schema){.in = in, .facts = facts};
    run.reader = reader_open(&(struct reader_options){.skip = in->skip,
                                                      .comment = in->comment,
                                                      .block = block,
                                                      .shard = in->shard,
                                                      .shards = in->shards,
                                                      .count_rows = in->labels_file != NULL || sink.rows,
                                                      .context = &run,
                                                      .understand = understand,
                                                      .forget = file_schema_free},
                             files, file_count);
    ok = begin_first(&run, file_count, d) &&
         (!run.first || (schema_open(&run.schema, facts, run.first, d) && check_shard(in, facts, d) &&
                         check_texts(&run, d)));
    if (ok && run.first) {
        facts->format = reader_format(run.reader);
        ok = in->dry_run || read_all(&run, facts);
    }
    schema_close(&run.schema);
    reader_close(run.reader);
    return ok;
}

bool input_read(const struct input *in, struct sink sink, struct facts *facts, struct diag *d)
{
    return pass_read(in, BLOCK, sink, facts, d);
}
