/* tally.h: a tally is a value that adds: what was read, and its exact integer sums by cell. Any loss is read
   off it afterwards (evaluate/) */
#ifndef TALLY_TALLY_H
#define TALLY_TALLY_H

#include "examples/examples.h"
#include "tally/kept_rows.h"

/* What one run has read: a tally that was added up from others keeps theirs. */
struct shard {
    char **files;       /* [file_count], as the user named them */
    uint64_t *identity; /* [file_count]: what each file held, and how it was read; 0 unknown (a pipe) */
    size_t file_count;
    uint32_t index, of; /* --shard index/of of its one file; 0: whole files */
    uint64_t rows;
    uint64_t fingerprint; /* of its sums and counts, whatever the order of its rows */
};

struct clusters;

/* Zero-initialise; owns all that it points to. */
struct tally {
    struct facts facts;  /* facts.parts 0: nothing was read, and no columns are known; groups stand in
                            first-seen  order */
    struct shard *shard; /* sorted (shard_compare) */
    size_t shard_count;
    struct bin_cuts cuts;
    double *easy; /* [easy_count]: the thresholds of --easy that are among the cuts */
    size_t easy_count;
    struct moments *cell;          /* by group, part, then hardest first (key_order) */
    struct square_moments *square; /* with weights; else NULL */
    size_t count;
    int top_level;             /* of the weights (key_level); without any 0 */
    size_t *group_first;       /* [groups + 1]: the cells of group g begin at group_first[g] */
    struct kept_rows kept;     /* among the rows of the cells */
    struct clusters *clusters; /* made by tally_join; NULL: none */
};

/* The clusters in the groups of a tally. */
struct clusters {
    struct tally cells; /* its groups are a cluster in a group each */
    /* [count]: these, by the names of the clusters, then of the groups: so their order does not depend on
       that of the rows */
    struct cluster_part {
        uint32_t cluster, group, place; /* the group's number, and that of the two in `cells` */
    } * part;
    size_t count, clusters;
    size_t *first;       /* [clusters + 1]: the parts of cluster c begin at first[c] */
    uint32_t *by_group;  /* [count]: the parts once more, by group, in the same order */
    size_t *group_first; /* [groups + 1]: those of group g begin at group_first[g] */
};
/* Where rows are kept by clusters, adds these up to groups, and keeps them beside. Nothing more can be added
   to such a tally, nor is it written as a state. */
void tally_join(struct tally *t);

/* Adds what `from` holds; the outcome does not depend on the order, nor on how a sum is split into several.
   False with d filled (and `to` unchanged): other cuts or another meaning of the columns (facts_bind), a
   shard or a file that both have, or a sum that grows too large. */
bool tally_add(struct tally *to, const struct tally *from, struct diag *d);
/* Whether two hold the same sums, counts and groups, whatever their shards. */
bool tally_equal(const struct tally *a, const struct tally *b);
void tally_free(struct tally *t);
/* Lets the sums and the rows that are kept go; what was read, its groups and shards stay. */
void tally_spend(struct tally *t);

/* The sums over all groups, under group 0; the facts and shards stay behind. */
void tally_total(const struct tally *t, struct tally *out);

/* Makes one group of all groups, of that name; of clusters each its own. */
void tally_name(struct tally *t, const char *name);
/* Gives the groups that name (NULL: their own), with their clusters or without; those that are alike then are
   one. `before` takes the cells and groups that there were; free it. */
void tally_rename(struct tally *t, const char *name, bool clusters, struct tally *before);

/* Makes of t what a pass with fewer cuts, and classes kept apart or not, would have made, to the last bit.
   False with d filled: t has no such cut, or its classes are together. */
bool tally_select(struct tally *t, const struct cuts *cuts, enum apart apart, struct diag *d);

/* Adds the cells of t, whose group g goes to group_of[g] (NULL: to 0), and of the rows that t keeps those
   that the sum may keep. False: a sum grows beyond its integer, or there are too many groups. */
bool tally_put_cells(const struct tally *t, const uint64_t *group_of, struct moment_table *sums,
                     struct kept_rows *kept);
/* Takes the cells of a table over, and the rows that may be kept, which are numbered by the groups of
   t->facts as they stood during the pass; puts groups, cells and rows in order. t->cuts are made already.
   False: rows are missing. */
bool tally_take(struct tally *t, struct moment_table *sums, struct kept_rows *kept);
/* Names the files of the shards in t->facts; the shards of one file name it once. */
void shards_name_files(struct tally *t);
/* Makes the one shard of a tally that was read at once: facts.files, which are still there. labels: the file
   of their labels, or NULL. False with d filled: one of them cannot be read again. */
bool tally_identify(struct tally *t, uint32_t index, uint32_t of, const char *labels, struct diag *d);

/* By the first file's name (numbers in it by their size), then index, then fingerprint. */
int shard_compare(const struct shard *a, const struct shard *b);

/* Many tallies added one after the other; zero-initialise. */
struct merger {
    struct tally sum; /* its head; cells come at the end */
    struct moment_table cells;
    struct kept_rows kept;
    struct hash_index shards; /* by fingerprint */
    struct hash_index files;  /* the last shard that read a file, by its identity */
    size_t shard_room, group_room, first;
    struct merger_groups *groups;
    bool repeated;      /* a shard may be there twice */
    bool noted;         /* there were examples, and their notes */
    size_t noted_first; /* the first shard in order of these */
    bool from_one;      /* one of them has NOTE_NO_FIRST_CLASS, which the sum gets at the end */
};
/* As tally_add. After false only merger_free may follow. */
bool merger_add(struct merger *m, const struct tally *t, struct diag *d);
/* Moves the sum to `out`, which is zero or freed. */
void merger_finish(struct merger *m, struct tally *out);
void merger_free(struct merger *m);

#endif
