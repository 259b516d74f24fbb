/* pair.c: two commands in turns: pair N 'COMMAND' 'OTHER' prints medians of wall, processor time (s) and
   memory (KiB) of both, and of the ratios turn by turn (COMMAND over OTHER). Commands run by sh, their output
   away. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct cost {
    double wall, cpu, memory;
};

static struct cost run(const char *command)
{
    struct timespec a, b;
    struct rusage use;
    int status;
    pid_t pid;

    clock_gettime(CLOCK_MONOTONIC, &a);
    pid = fork();
    if (pid == 0) {
        int none = open("/dev/null", O_WRONLY);

        dup2(none, 1);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &use) < 0 || status != 0) {
        fprintf(stderr, "pair: failed: %s\n", command);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    return (struct cost){(double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec),
                         (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                             1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec),
                         (double)use.ru_maxrss};
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *x, int n)
{
    qsort(x, (size_t)n, sizeof *x, ascending);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

int main(int argc, char **argv)
{
    int n = argc == 4 ? atoi(argv[1]) : 0;
    double x[8][64];

    if (n < 1 || n > 64) return fputs("pair N COMMAND OTHER\n", stderr), 2;
    run(argv[2]);
    run(argv[3]);
    for (int i = 0; i < n; i++) {
        struct cost a = run(argv[2]), b = run(argv[3]);

        x[0][i] = a.wall, x[1][i] = a.cpu, x[2][i] = a.memory, x[3][i] = b.wall, x[4][i] = b.cpu,
        x[5][i] = b.memory;
        x[6][i] = a.wall / b.wall;
        x[7][i] = b.cpu > 0 ? a.cpu / b.cpu : 0;
    }
    for (int k = 0; k < 8; k++) printf("%.5g%c", median(x[k], n), k < 7 ? ' ' : '\n');
    return 0;
}
