/* progress.c: how far a long run has come, on standard error */
#include "base/progress.h"

#include "base/error.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

void progress_open(struct progress *p, int wanted)
{
    *p = (struct progress){.terminal = isatty(STDERR_FILENO), .forced = wanted > 0, .begun = now()};
    p->shown = wanted != 0 && (wanted > 0 || p->terminal);
    atomic_init(&p->next, p->begun + SECOND);
}

bool progress_due(struct progress *p)
{
    int64_t next, at;

    if (!p->shown) return false;
    next = atomic_load_explicit(&p->next, memory_order_relaxed);
    at = now();
    return at >= next &&
           atomic_compare_exchange_strong(&p->next, &next, at + (p->terminal ? SECOND / 5 : SECOND));
}

/* "1.23 GB", "45.6 M rows": three digits. */
static void put_size(double x, const char *unit, char out[32])
{
    static const char prefix[] = " kMGTPE";
    size_t k = 0;

    for (; x >= 999.5 && prefix[k + 1]; k++) x /= 1000;
    snprintf(out, 32, "%.*f%s%.*s%s",
             x < 9.995 && k   ? 2
             : x < 99.95 && k ? 1
                              : 0,
             x, k || *unit != ' ' ? " " : "", k > 0, prefix + k, unit);
}

static void put_line(const struct progress *p, uint64_t bytes, uint64_t total, uint64_t rows, char *out,
                     size_t room)
{
    double seconds = (double)(now() - p->begun) / SECOND, part = total ? (double)bytes / (double)total : 0;
    char read[32], all[40] = "", count[32], rate[32], left[40] = "";

    put_size((double)bytes, "B", read);
    put_size((double)rows, " rows", count);
    put_size((double)rows / (seconds > 0 ? seconds : 1), " rows", rate);
    if (total) {
        char size[32];

        put_size((double)total, "B", size);
        snprintf(all, sizeof all, " of %s", size);
    }
    if (part > 0.01 && part <= 1) snprintf(left, sizeof left, ", %.0f s left", seconds * (1 - part) / part);
    snprintf(out, room, "%s%s, %s, %s a second%s", read, all, count, rate, left);
}

void progress_show(struct progress *p, uint64_t bytes, uint64_t total, uint64_t rows)
{
    char line[256];

    put_line(p, bytes, total, rows, line, sizeof line);
    if (!p->terminal) {
        diag_say("%s", line);
        return;
    }
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
    atomic_store(&p->drawn, true);
}

void progress_close(struct progress *p, uint64_t bytes, uint64_t rows)
{
    char line[256];

    if (atomic_load(&p->drawn)) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    if (!p->forced) return;
    put_line(p, bytes, 0, rows, line, sizeof line);
    diag_say("%s", line);
}
