/* cluster_sums.c: what pairs of losses add up to in each cluster of examples */
#include "compare/cluster_sums.h"

#include "base/memory.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A whole number of units in two's complement, the least limb first. */
enum { LIMBS = 3, UNIT = -128 };
struct wide {
    uint64_t limb[LIMBS];
};

/* Of a cluster: Σ w l₁, Σ w l₂ and Σ w (l₂ − l₁) by category, Σ w, and whether there is an example of any
 * weight. */
struct cluster {
    struct wide first[CATEGORIES], second[CATEGORIES], change[CATEGORIES], weight;
    bool counts;
};

/* Clusters in blocks, which stay where they are. */
enum { BLOCK = 256, LOCKS = 64 };
struct pair_clusters {
    struct cluster **block; /* [blocks]; NULL: nothing was added to these clusters */
    size_t blocks, room;
};

struct cluster_sums {
    struct pair_clusters *pair; /* [pairs] */
    size_t pairs;
    bool beyond;                /* a number had no place */
    pthread_rwlock_t lock;      /* of the lists of blocks */
    pthread_mutex_t own[LOCKS]; /* of clusters, by their number */
};

struct cluster_sums *cluster_sums_open(size_t pairs)
{
    struct cluster_sums *c = mem_alloc(1, sizeof *c);

    c->pair = mem_alloc(pairs, sizeof *c->pair);
    c->pairs = pairs;
    pthread_rwlock_init(&c->lock, NULL);
    for (int i = 0; i < LOCKS; i++) pthread_mutex_init(&c->own[i], NULL);
    return c;
}

void cluster_sums_free(struct cluster_sums *c)
{
    if (!c) return;
    for (size_t p = 0; p < c->pairs; p++) {
        for (size_t b = 0; b < c->pair[p].blocks; b++) free(c->pair[p].block[b]);
        free(c->pair[p].block);
    }
    free(c->pair);
    pthread_rwlock_destroy(&c->lock);
    for (int i = 0; i < LOCKS; i++) pthread_mutex_destroy(&c->own[i]);
    free(c);
}

/* Adds limbs, or takes them away. */
static void wide_add(struct wide *to, const uint64_t limb[LIMBS], bool negative)
{
    uint64_t carry = negative;

    for (int i = 0; i < LIMBS; i++) {
        uint64_t x = negative ? ~limb[i] : limb[i], sum = to->limb[i] + x, whole = sum + carry;

        carry = (sum < x) | (whole < sum);
        to->limb[i] = whole;
    }
}

/* Adds a number. False: it, or the sum, is too large. */
static bool wide_put(struct wide *to, double x)
{
    uint64_t limb[LIMBS] = {0}, bits, top;
    int shift;

    if (!(fabs(x) < 0x1p61)) return false;
    memcpy(&bits, &x, sizeof bits);
    shift = (int)(bits >> 52 & 0x7ff) - 1075 - UNIT; /* of the lowest bit of 53 */
    bits = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
    if (shift <= -53) return true;
    if (shift < 0) bits >>= -shift, shift = 0;
    limb[shift / 64] = bits << shift % 64;
    if (shift % 64 > 11) limb[shift / 64 + 1] = bits >> (64 - shift % 64);
    wide_add(to, limb, x < 0);
    top = to->limb[LIMBS - 1] >> 62;
    return top == 0 || top == 3;
}

static double wide_value(const struct wide *w)
{
    bool negative = w->limb[LIMBS - 1] >> 63;
    struct wide size = {{0}};
    double x = 0;

    wide_add(&size, w->limb, negative);
    for (int i = 0; i < LIMBS; i++) x += ldexp((double)size.limb[i], UNIT + 64 * i);
    return negative ? -x : x;
}

/* The cluster's place; its block is made where there was none. */
static struct cluster *cluster_at(struct cluster_sums *c, size_t pair, uint32_t number)
{
    struct pair_clusters *p = &c->pair[pair];
    size_t b = number / BLOCK;
    struct cluster *block;

    pthread_rwlock_rdlock(&c->lock);
    block = b < p->blocks ? p->block[b] : NULL;
    pthread_rwlock_unlock(&c->lock);
    if (block) return &block[number % BLOCK];
    pthread_rwlock_wrlock(&c->lock);
    p->block = mem_grow(p->block, &p->room, b + 1, sizeof *p->block);
    for (; p->blocks <= b; p->blocks++) p->block[p->blocks] = NULL;
    if (!p->block[b]) p->block[b] = mem_alloc(BLOCK, sizeof *p->block[b]);
    block = p->block[b];
    pthread_rwlock_unlock(&c->lock);
    return &block[number % BLOCK];
}

void cluster_sums_add(struct cluster_sums *c, size_t pair, size_t n, const double *first,
                      const double *second, const double *weight, const unsigned char *category,
                      const uint32_t *cluster)
{
    bool ok = true;

    for (size_t i = 0, end; i < n; i = end) {
        struct cluster *to = cluster_at(c, pair, cluster[i]);

        pthread_mutex_lock(&c->own[cluster[i] % LOCKS]);
        for (end = i; end < n && cluster[end] == cluster[i]; end++) {
            double w = weight[end];

            if (!(w > 0)) continue;
            to->counts = true;
            ok &= wide_put(&to->first[category[end]], w * first[end]);
            ok &= wide_put(&to->second[category[end]], w * second[end]);
            ok &= wide_put(&to->change[category[end]], w * (second[end] - first[end]));
            ok &= wide_put(&to->weight, w);
        }
        pthread_mutex_unlock(&c->own[cluster[i] % LOCKS]);
    }
    if (ok) return;
    pthread_rwlock_wrlock(&c->lock);
    c->beyond = true;
    pthread_rwlock_unlock(&c->lock);
}

uint64_t cluster_sums_count(const struct cluster_sums *c, size_t pair)
{
    const struct pair_clusters *p = &c->pair[pair];
    uint64_t n = 0;

    for (size_t b = 0; b < p->blocks; b++)
        for (size_t i = 0; p->block[b] && i < BLOCK; i++) n += p->block[b][i].counts;
    return n;
}

double cluster_sums_squares(const struct cluster_sums *c, size_t pair, const struct form form[CATEGORIES])
{
    const struct pair_clusters *p = &c->pair[pair];
    struct exact_sum squares = {0};

    for (size_t b = 0; b < p->blocks; b++)
        for (size_t i = 0; p->block[b] && i < BLOCK; i++) {
            const struct cluster *k = &p->block[b][i];
            double e = form[0].weight * wide_value(&k->weight); /* it is the same of all */

            for (int q = 0; q < CATEGORIES; q++)
                e += form[q].first * wide_value(&k->first[q]) + form[q].second * wide_value(&k->second[q]) +
                     form[q].change * wide_value(&k->change[q]);
            exact_sum_add(&squares, e * e);
        }
    return c->beyond ? NAN : exact_sum_value(&squares);
}
