/* gnuplot_run.c: running gnuplot by argv, its script on standard input, its picture taken from its standard
   output */
#include "figures/gnuplot_run.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { TIME_LIMIT = 60 }; /* seconds */

/* A run: what gnuplot is told, what it draws, what it complains of. */
struct run {
    const struct string *script;
    size_t sent;
    int in, out, err; /* our ends, −1 when closed */
    int failed;       /* errno of a read that failed */
    struct string picture, messages;
};

static void close_end(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

static void receive(struct run *r, int *fd, struct string *into)
{
    char bytes[65536];
    ssize_t n = read(*fd, bytes, sizeof bytes);

    if (n > 0) string_add(into, bytes, (size_t)n);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (n < 0) r->failed = errno;
    if (n <= 0) close_end(fd);
}

static void send_script(struct run *r)
{
    ssize_t n = write(r->in, r->script->text + r->sent, r->script->size - r->sent);

    if (n > 0) r->sent += (size_t)n;
    if ((n < 0 && errno != EAGAIN && errno != EINTR) || r->sent == r->script->size) close_end(&r->in);
}

/* The signals that end the program. */
static sigset_t ending_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

/* Whether one of them came while it was blocked. */
static bool is_ending(void)
{
    sigset_t pending;

    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
           sigismember(&pending, SIGHUP) == 1;
}

sigset_t gnuplot_hold_endings(void)
{
    sigset_t endings = ending_signals(), before;

    sigprocmask(SIG_BLOCK, &endings, &before);
    return before;
}

enum outcome { RUN_DONE, RUN_LATE, RUN_ENDED };

/* Feeds the script and takes what comes until gnuplot closes its ends. */
static enum outcome run_dialogue(struct run *r)
{
    struct timespec start, now;

    clock_gettime(CLOCK_MONOTONIC, &start);
    while (r->out >= 0 || r->err >= 0) {
        struct pollfd p[3] = {
            {r->out, POLLIN, 0}, {r->err, POLLIN, 0}, {r->in, POLLOUT, 0}}; /* −1 is passed over */

        if (poll(p, 3, 100) < 0 && errno != EINTR) return RUN_LATE;
        if (is_ending()) return RUN_ENDED;
        if (r->out >= 0 && p[0].revents) receive(r, &r->out, &r->picture);
        if (r->err >= 0 && p[1].revents) receive(r, &r->err, &r->messages);
        if (r->in >= 0 && p[2].revents) send_script(r);
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec > TIME_LIMIT) return RUN_LATE;
    }
    return RUN_DONE;
}

/* gnuplot's reason stands in its last line, after lines that show the place. */
static bool fail_with_reason(const struct string *messages, const char *program, int status, struct diag *d)
{
    const char *s = messages->text ? messages->text : "", *end = s + strlen(s), *line;
    char shown[DIAG_SHOWN];

    while (end > s && isspace((unsigned char)end[-1])) end--;
    for (line = end; line > s && line[-1] != '\n';) line--;
    while (line < end && isspace((unsigned char)*line)) line++;
    if (end > line && end - line < 300)
        return diag_fail(d, STATUS_DATA, "%s failed: %.*s", program, (int)(end - line), line);
    if (end > line)
        return diag_fail(d, STATUS_DATA, "%s failed: %s", program,
                         diag_shown(shown, line, (size_t)(end - line)));
    if (WIFSIGNALED(status))
        return diag_fail(d, STATUS_DATA, "%s was ended by signal %d", program, WTERMSIG(status));
    return diag_fail(d, STATUS_DATA, "%s failed with exit status %d and gave no reason", program,
                     WEXITSTATUS(status));
}

const char *plot_program(void)
{
    const char *program = getenv("LOSSCOPE_GNUPLOT");

    return program && *program ? program : "gnuplot";
}

/* With the three descriptors, and with no signal blocked. */
static int spawn_with(const char *program, const int end[3], pid_t *pid)
{
    char *argv[] = {(char *)(uintptr_t)program, (char *)(uintptr_t) "-d", (char *)(uintptr_t) "-", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    int failed = posix_spawn_file_actions_init(&actions);

    if (failed) return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed) {
        posix_spawn_file_actions_destroy(&actions);
        return failed;
    }
    sigemptyset(&none);
    for (int i = 0; i < 3 && !failed; i++) failed = posix_spawn_file_actions_adddup2(&actions, end[i], i);
    if (!failed) failed = posix_spawnattr_setsigmask(&attributes, &none);
    if (!failed) failed = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (!failed) failed = posix_spawnp(pid, program, &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static bool spawn(const char *program, const int end[3], pid_t *pid, struct diag *d)
{
    int failed = spawn_with(program, end, pid);

    if (failed == ENOENT)
        return diag_fail(
            d, STATUS_DATA,
            "cannot find %s: install gnuplot (Debian: gnuplot-nox), or name it in LOSSCOPE_GNUPLOT", program);
    return !failed || diag_errno(d, failed, "cannot run %s (Debian's package is gnuplot-nox)", program);
}

/* Its descriptors are above those that gnuplot gets as 0, 1, 2, so that none is overwritten by another. */
static bool open_pipe(int ends[2], struct diag *d)
{
    int made[2];

    if (pipe(made) != 0) return diag_errno(d, errno, "cannot run gnuplot");
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(made[i], F_DUPFD_CLOEXEC, 3);
        if (ends[i] < 0) diag_errno(d, errno, "cannot run gnuplot");
        close(made[i]);
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

/* Waits for gnuplot, once it has closed its ends or was killed. */
static bool finish(struct run *r, pid_t pid, enum outcome outcome, const char *program, struct diag *d)
{
    int status = 0;

    if (outcome != RUN_DONE) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (outcome == RUN_LATE)
        return diag_fail(d, STATUS_DATA, "%s was not done in %d seconds", program, TIME_LIMIT);
    if (outcome == RUN_ENDED) return diag_fail(d, STATUS_DATA, "interrupted");
    if (r->failed) return diag_errno(d, r->failed, "cannot read what %s draws", program);
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || /* what it says and goes on is a warning */
           fail_with_reason(&r->messages, program, status, d);
}

/* A signal that ends the program waits until the caller unblocks it, and gnuplot is killed. */
static bool run(const struct string *script, struct string *picture, struct diag *d)
{
    const char *program = plot_program();
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    struct run r = {.script = script};
    pid_t pid;
    bool ok = open_pipe(in, d) && open_pipe(out, d) && open_pipe(err, d) &&
              spawn(program, (int[]){in[0], out[1], err[1]}, &pid, d);

    close_end(&in[0]);
    close_end(&out[1]);
    close_end(&err[1]);
    r.in = in[1];
    r.out = out[0];
    r.err = err[0];
    if (ok) {
        enum outcome outcome;

        fcntl(r.in, F_SETFL, O_NONBLOCK);
        sigaction(SIGPIPE, &ignore, &before);
        outcome = run_dialogue(&r);
        sigaction(SIGPIPE, &before, NULL);
        close_end(&r.in);
        ok = finish(&r, pid, outcome, program, d);
    }
    close_end(&r.in);
    close_end(&r.out);
    close_end(&r.err);
    string_free(&r.messages);
    *picture = r.picture;
    return ok;
}

bool gnuplot_check_whole(const char *terminal, const struct string *picture, struct diag *d)
{
    const char *end = terminal_end(terminal);
    size_t size = end ? strlen(end) : 0, tail = picture->size < 64 + size ? picture->size : 64 + size;

    if (!picture->size) return diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
    for (size_t i = 0; end && i + size <= tail; i++)
        if (memcmp(picture->text + picture->size - tail + i, end, size) == 0) return true;
    return !end || diag_fail(d, STATUS_DATA, "%s drew only a part of the picture", plot_program());
}

bool gnuplot_send(const struct string *script, struct string *picture, struct diag *d)
{
    struct string all = {0};
    sigset_t before = gnuplot_hold_endings();
    bool ok;

    string_add(&all, script->text, script->size);
    string_puts(&all, "set output\n");
    ok = run(&all, picture, d);
    sigprocmask(SIG_SETMASK, &before, NULL);
    string_free(&all);
    return ok;
}

bool gnuplot_run(const char *terminal, const struct string *script, struct string *picture, struct diag *d)
{
    return gnuplot_send(script, picture, d) && gnuplot_check_whole(terminal, picture, d);
}
