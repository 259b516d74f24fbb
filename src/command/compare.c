/* compare.c: the compare command: the same examples scored by several models */
#include "command/command.h"

#include "command/row_losses.h"
#include "command/values.h"
#include "compare/compare.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The columns of scores of one model. */
struct score_columns {
    const char *prob, *logit;
};

struct compare_options {
    struct data_options data;
    struct output_options output;
    struct compare_request request;
    struct analysis trained; /* its losses alone */
    struct row_loss *trained_loss;
    size_t trained_losses;
    struct score_columns *scores; /* [score_count]: in the order given */
    size_t score_count, score_room;
};

static void add_scores(struct compare_options *o, struct score_columns scores)
{
    o->scores = mem_grow(o->scores, &o->score_room, o->score_count + 1, sizeof *o->scores);
    o->scores[o->score_count++] = scores;
}

static bool take_prob(void *to, const char *value, struct diag *d)
{
    (void)d;
    add_scores(to, (struct score_columns){value, NULL});
    return true;
}

static bool take_logit(void *to, const char *value, struct diag *d)
{
    (void)d;
    add_scores(to, (struct score_columns){NULL, value});
    return true;
}

static bool take_moved(void *to, const char *value, struct diag *d)
{
    return values_whole(value, "moved", 1, UINT64_MAX, &((struct compare_options *)to)->request.moved, d);
}

static bool take_trained(void *to, const char *value, struct diag *d)
{
    return losses_take(&((struct compare_options *)to)->trained, value, d);
}

TAKE_TEXT(take_keep, struct compare_options, data.input.keep)

static const struct option_row options_compare[] = {
    {"trained", 0, "LIST", "the loss that each model was trained with: shares by these, too", take_trained},
    {"moved", 0, "N", "instead: the N rows whose loss fell most, and the N whose loss rose most", take_moved},
    {"keep", 0, "COLS", "with --moved: input columns to copy as they stand, in front; '*' all", take_keep},
    {0},
};

static const struct option_row options_models[] = {
    {"prob", 'p', "COLS", "columns of probabilities; given again: of the next model", take_prob},
    {"logit", 'z', "COLS", "columns of logits; likewise", take_logit},
    {0},
};

static const struct option_group groups[] = {
    {"Comparison", options_compare, 0},
    {"", options_intervals, offsetof(struct compare_options, data)},
    {"", options_cluster, offsetof(struct compare_options, data)},
    {"Losses", options_losses, offsetof(struct compare_options, data)},
    {"", options_easy, offsetof(struct compare_options, data)},
    {"Output", options_output, offsetof(struct compare_options, output)},
    {"", options_messages, offsetof(struct compare_options, data)},
    {"Input", options_models, 0},
    {"", options_input, offsetof(struct compare_options, data.input)},
    {"", options_threads, offsetof(struct compare_options, data.input)},
    {0}};

/* Options that would do nothing here. */
static bool check_moved(const struct compare_options *o, struct diag *d)
{
    if (!o->request.moved)
        return !o->data.input.keep || diag_fail(d, STATUS_USAGE, "--keep: only --moved N has lines of rows");
    if (o->trained.loss_count)
        return diag_fail(d, STATUS_USAGE, "--trained: --moved has lines of rows, by the first loss");
    if (o->data.given.easy)
        return diag_fail(d, STATUS_USAGE, "--easy: --moved has lines of rows, without thresholds");
    return !(o->data.analysis.ci > 0) ||
           diag_fail(d, STATUS_USAGE, "--%s: --moved has lines of rows, without intervals",
                     o->data.input.cluster ? "cluster" : "ci");
}

static bool check_input(const struct input *in, struct diag *d)
{
    size_t stdins = 0;

    if (in->by) return diag_fail(d, STATUS_USAGE, "--by: compare has no results of groups");
    if (in->by_file) return diag_fail(d, STATUS_USAGE, "--by-file: compare takes each file as a model");
    if (in->shards) return diag_fail(d, STATUS_USAGE, "--shard: compare needs whole files");
    for (size_t i = 0; i < in->file_count; i++) stdins += strcmp(in->files[i], "-") == 0;
    if (in->labels_file) stdins += strcmp(in->labels_file, "-") == 0;
    return stdins < 2 || diag_fail(d, STATUS_USAGE, "standard input can be one of the files, not two");
}

/* A model for each file, or of one file for each --prob and --logit. NULL with d filled. */
static struct model *make_models(const struct compare_options *o, size_t *models, struct diag *d)
{
    const struct input *in = &o->data.input;
    size_t files = in->file_count, scores = o->score_count;
    struct model *model;

    *models = files == 1 ? scores : files;
    if (*models < 2)
        diag_fail(d, STATUS_USAGE,
                  "compare needs two files, or one and a --prob (or --logit) for each model in it");
    else if (scores > 1 && scores != *models)
        diag_fail(d, STATUS_USAGE, "%zu files and %zu --prob or --logit: give one of these for each file",
                  files, scores);
    else if (files == 1 &&
             (strcmp(in->files[0], "-") == 0 || (in->labels_file && !strcmp(in->labels_file, "-"))))
        diag_fail(d, STATUS_USAGE, "several models of one file read it several times: name a file");
    if (d->status) return NULL;
    model = mem_alloc(*models, sizeof *model);
    for (size_t m = 0; m < *models; m++) {
        const struct score_columns *own = scores ? &o->scores[scores > 1 ? m : 0] : NULL;

        model[m].input = *in;
        model[m].input.files = &in->files[files == 1 ? 0 : m];
        model[m].input.file_count = 1;
        if (own) model[m].input.prob = own->prob;
        if (own) model[m].input.logit = own->logit;
        if (m) model[m].input.keep = model[m].input.cluster = NULL; /* those of the first file */
        model[m].name = files > 1 ? in->files[m] : own->prob ? own->prob : own->logit;
    }
    return model;
}

/* What is to be said of the data; of the first file's bad rows it was said when they came. */
static void say_notes(const struct comparison *c)
{
    for (size_t m = 0; m < c->models; m++) {
        const struct facts *f = &c->model[m].facts;

        if (m && f->counts.bad)
            diag_say("%s: %llu bad row%s left out", c->model[m].name, (unsigned long long)f->counts.bad,
                     f->counts.bad == 1 ? " was" : "s were");
        for (size_t i = 0; i < f->notes; i++) diag_say("%s: %s", c->model[m].name, f->note[i]);
    }
    if (c->left_out)
        diag_say("%llu row%s not in all files, and left out of all", (unsigned long long)c->left_out,
                 c->left_out == 1 ? " is" : "s are");
}

/* The losses that the models were trained with: what their specs leave open is taken from the lists, as their
   first values. */
static bool read_trained(struct compare_options *o, size_t models, struct diag *d)
{
    struct analysis a = o->data.analysis;

    if (!o->trained.loss_count) return true;
    a.loss = o->trained.loss;
    a.loss_count = o->trained.loss_count;
    if (!row_losses_each(&a, "compare", &o->trained_loss, &o->trained_losses, d)) return false;
    o->request.trained = o->trained_loss;
    return o->trained_losses == models ||
           diag_fail(d, STATUS_USAGE, "--trained takes a loss for each model: %zu for %zu", o->trained_losses,
                     models);
}

static bool write_comparison(struct compare_options *o, struct diag *d)
{
    const struct output_format *form = output_form(&o->output, &output_formats[0]);
    const struct page page = {.text = {command_width(), false}};
    struct comparison c = {0};
    struct string out = {0};
    size_t models;
    struct model *model;
    bool ok;

    if (!form->table) return diag_fail(d, STATUS_USAGE, "a comparison is not written as %s", form->name);
    if (!check_moved(o, d) || !check_input(&o->data.input, d)) return false;
    model = make_models(o, &models, d);
    if (!model) return false;
    o->request.easy = o->data.analysis.easy;
    o->request.thresholds = o->data.analysis.easy_count;
    o->request.level = o->data.analysis.ci > 0 ? o->data.analysis.ci : USUAL_LEVEL;
    ok = read_trained(o, models, d) && command_check_input(&o->data.input, d) &&
         command_check_output(o->output.path, &o->data.input, d) &&
         compare_models(model, models, &o->request, &c, d);
    if (ok) {
        comparison_write(&c, form, &page, &out);
        ok = output_write(o->output.path, out.text, out.size, d);
    }
    if (ok && o->data.input.progress != 0) say_notes(&c);
    for (size_t m = 0; m < models; m++) facts_free(&model[m].facts);
    string_free(&out);
    comparison_free(&c);
    free(model);
    return ok;
}

/* Lists are used by the losses that judge, or by those that the models were trained with. */
static bool check_used(const struct compare_options *o, struct diag *d)
{
    struct data_options both = o->data;
    size_t count = o->data.analysis.loss_count, more = o->trained.loss_count;
    bool ok;

    both.analysis.loss = mem_alloc(count + more, sizeof *both.analysis.loss);
    both.analysis.loss_count = count + more;
    memcpy(both.analysis.loss, o->data.analysis.loss, count * sizeof *both.analysis.loss);
    if (more) memcpy(both.analysis.loss + count, o->trained.loss, more * sizeof *both.analysis.loss);
    ok = data_options_check_used(&both, d);
    free(both.analysis.loss);
    return ok;
}

static int work(void *settings, struct operands *operands, struct diag *d)
{
    struct compare_options *o = settings;

    (void)operands;
    if (data_options_complete(&o->data, d) && check_used(o, d) &&
        row_losses_list(&o->data.analysis, "compare", &o->request.loss, &o->request.losses, d))
        write_comparison(o, d);
    row_losses_free(o->request.loss, o->request.losses);
    return STATUS_OK;
}

static int run(const struct command *self, int argc, char **argv)
{
    struct compare_options o = {.data = {.standard_losses = "ce,focal", .standard_gammas = "2"}};
    int status = command_run(self, argc, argv, &o, &o.data, work);

    free(o.scores);
    row_losses_free(o.trained_loss, o.trained_losses);
    losses_forget(&o.trained);
    return status;
}

const struct command command_compare = {
    "compare",
    "the same examples scored by several models: differences with intervals",
    "compare [options] A B [C...]",
    groups,
    "  losscope compare ce.csv focal.csv\n"
    "  losscope compare -p ce -p focal -y label models.csv\n",
    NULL,
    run};
