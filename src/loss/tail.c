/* tail.c: the smaller of p_t and 1 − p_t, and which half, in one double */
#include "loss/tail.h"
#include "base/simd.h"

#include <float.h>
#include <math.h>

/* A hard tail v = p_t that is no normal double is kept by its logarithm instead. */
static double hard(double v)
{
    return v >= DBL_MIN ? -v : log(v); /* log 0 = −inf */
}

double tail_of_qt(double qt)
{
    return qt >= DBL_MIN || qt == 0 ? qt : -log(qt);
}

double tail_of_pt(double pt)
{
    return pt >= 0.5 ? 1 - pt : hard(pt); /* 1 − p_t is exact for p_t ≥ ½ (Sterbenz) */
}

double tail_of_prob(double p, bool positive)
{
    if (positive) return tail_of_pt(p);
    /* p_t = 1 − p: its half and its smaller part are known exactly from p */
    return p <= 0.5 ? tail_of_qt(p) : hard(1 - p);
}

double tail_of_xt(double xt)
{
    double e, v;

    if (isinf(xt) && xt > 0) return 0;
    if (fabs(xt) > 700) return xt;
    e = exp_lanes(all_of(-fabs(xt)))[0];
    v = e / (1 + e);
    return xt >= 0 ? v : -v;
}

double tail_rest(double xt, double tail)
{
    long double e, v, rest;

    if (!(fabs(xt) <= 700)) return 0;
    e = expl(-fabsl(xt));
    v = e / (1 + e);
    rest = (xt >= 0 ? v : -v) - tail;
    return fabsl(rest) < 1e-12L * v ? (double)rest : 0;
}

double tail_pt(double s)
{
    if (fabs(s) >= 1) return s < 0 ? exp(s) : 1;
    return signbit(s) ? -s : 1 - s;
}

double tail_qt(double s)
{
    if (fabs(s) >= 1) return s < 0 ? 1 : exp(-s);
    return signbit(s) ? 1 + s : s;
}

double tail_lp(double s)
{
    if (fabs(s) >= 1) return s < 0 ? s : -exp(-s);
    return signbit(s) ? log(-s) : log1p(-s);
}

double tail_lq(double s)
{
    if (fabs(s) >= 1) return s < 0 ? -exp(s) : -s;
    return signbit(s) ? log1p(s) : log(s);
}

double tail_xt(double s)
{
    if (fabs(s) >= 1) return s;
    return tail_lp(s) - tail_lq(s);
}

struct tail_terms tail_terms_of(long double tail)
{
    struct tail_terms t = {.tail = tail};
    bool hard = signbit(tail), far = fabsl(tail) >= 1;
    long double size = fabsl(tail), small = far ? expl(-size) : size, log_small = far ? -size : logl(size),
                log_large = far ? -small : log1pl(-size);

    t.p = hard ? small : 1 - small;
    t.q = hard ? 1 - small : small;
    t.lp = hard ? log_small : log_large;
    t.lq = hard ? log_large : log_small;
    return t;
}

long double tail_excess(const struct tail_terms *t)
{
    long double power = t->q * t->q, sum = 0;

    if (t->q > 0.125L) return -t->lp - t->q;
    for (int k = 2; k < 24 && power > sum * 0x1p-66L; k++, power *= t->q)
        sum += power / k; /* q²/2 + q³/3 + … */
    return sum;
}

bool tail_clip(double *s, double eps)
{
    if (!signbit(*s) || eps <= 0) return false;
    if (*s <= -1 ? *s >= log(eps) : -*s >= eps) return false;
    *s = eps >= 0.5 ? 0.5 : -eps;
    return true;
}

/* Ascending with p_t: the far hard tails by their value, the hard half by |s|, the easy half against it, the
   far easy ones by their value, and p_t = 1. */
static int region(double s)
{
    return s <= -1 ? 0 : signbit(s) ? 1 : s == 0 ? 4 : s < 1 ? 2 : 3;
}

int tail_compare(double a, double b)
{
    int ra = region(a), rb = region(b);

    if (ra != rb) return ra < rb ? -1 : 1;
    if (a == b) return 0;
    return (a < b) == (ra == 0 || ra == 3) ? -1 : 1;
}
