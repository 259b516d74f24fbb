/* gnuplot.c: running gnuplot by argv, its script on standard input, its picture complete or not there */
#include "base/output.h"
#include "plot/plot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* Endings and the terminals that write them. */
static const struct {
    const char *ending, *terminal;
} terminal_table[] = {
    {"png", "pngcairo size 1500,1000 font 'DejaVu Sans,24' linewidth 2"},
    {"svg", "svg size 750,500 font 'DejaVu Sans,14'"},
    {"pdf", "pdfcairo size 5in,3.4in font 'DejaVu Sans,12'"},
    {"eps", "epscairo size 5in,3.4in font 'DejaVu Sans,12'"},
    {"tex", "cairolatex pdf size 5in,3.4in"},
    {"html", "canvas standalone size 750,500"},
    {"txt", "dumb 80,24"},
};

static const char *terminal_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot && i < sizeof terminal_table / sizeof *terminal_table; i++)
        if (strcmp(dot + 1, terminal_table[i].ending) == 0) return terminal_table[i].terminal;
    return NULL;
}

enum { TIME_LIMIT = 60 }; /* seconds */

/* Feeds the script and takes the messages until gnuplot closes its end; false at the time limit. */
static bool converse(int in, int err, const struct string *script, struct string *messages)
{
    size_t sent = 0;
    time_t end = time(NULL) + TIME_LIMIT;
    bool well = false;

    while (!well && time(NULL) < end) {
        struct pollfd p[2] = {{err, POLLIN, 0}, {in, POLLOUT, 0}};
        char text[512];
        ssize_t n;

        if (poll(p, in >= 0 ? 2 : 1, 1000) < 0 && errno != EINTR) break;
        if (in >= 0 && p[1].revents) {
            n = write(in, script->text + sent, script->size - sent);
            if (n > 0) sent += (size_t)n;
            if ((n < 0 && errno != EAGAIN && errno != EINTR) || sent == script->size) close(in), in = -1;
        }
        if (!p[0].revents) continue;
        n = read(err, text, sizeof text);
        if (n > 0) string_add(messages, text, (size_t)n);
        well = n == 0;
    }
    if (in >= 0) close(in);
    return well;
}

/* gnuplot's message: the line with the reason stands behind an arrow that shows the place. */
static void complain(const struct string *messages, const char *program, struct diag *d)
{
    const char *c = messages->text ? messages->text : "", *line = strstr(c, "line ");

    if (!line) line = c;
    line += strspn(line, "\n ");
    diag_fail(d, STATUS_DATA, "%s failed: %.*s", program, (int)strcspn(line, "\n"), *line ? line : "it gave no reason");
}

static bool run(const char *program, const struct string *script, struct diag *d)
{
    int in[2] = {-1, -1}, err[2] = {-1, -1}, status = 0, failed;
    char *argv[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)"-d", (char *)(uintptr_t)"-", NULL};
    posix_spawn_file_actions_t actions;
    struct string messages = {0};
    bool in_time;
    pid_t pid;

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) return diag_errno(d, errno, "cannot run %s", program);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    failed = posix_spawnp(&pid, program, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(err[1]);
    if (failed) {
        close(in[1]);
        close(err[0]);
        return diag_errno(d, failed, "cannot run %s (Debian's package is gnuplot-nox)", program);
    }
    fcntl(in[1], F_SETFL, O_NONBLOCK);
    signal(SIGPIPE, SIG_IGN);
    in_time = converse(in[1], err[0], script, &messages);
    signal(SIGPIPE, SIG_DFL);
    if (!in_time) kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    close(err[0]);
    if (!in_time)
        diag_fail(d, STATUS_DATA, "%s was not done in %d seconds", program, TIME_LIMIT);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || messages.size)
        complain(&messages, program, d);
    string_free(&messages);
    return d->status == STATUS_OK;
}

bool gnuplot_run(const struct string *script, const char *terminal, const char *path, struct diag *d)
{
    const char *program = getenv("LOSSCOPE_GNUPLOT"), *temporary = NULL;
    struct string all = {0};
    bool well;

    if (!program || !*program) program = "gnuplot";
    if (!terminal) terminal = terminal_of(path);
    if (!terminal)
        return diag_fail(d, STATUS_USAGE, "%s: the ending tells no picture: png, svg, pdf, eps, tex, html, txt or gp, or name a --terminal", path);
    for (const char *c = terminal; *c; c++)
        if ((unsigned char)*c < 0x20 || strchr("`;\"$@\\#", *c))
            return diag_fail(d, STATUS_USAGE, "--terminal: '%s' is no name of a terminal with its options", terminal);
    if (path && !(temporary = output_begin(path, d))) return false;
    string_printf(&all, "set terminal %s\n", terminal);
    if (path) {
        string_puts(&all, "set output ");
        gnuplot_string(temporary, &all);
        string_putc(&all, '\n');
    }
    string_add(&all, script->text, script->size);
    if (path) string_puts(&all, "set output\n");
    well = run(program, &all, d);
    if (path && well && access(temporary, F_OK) != 0) well = diag_fail(d, STATUS_DATA, "%s drew nothing", program);
    if (path && well)
        well = output_commit(d);
    else if (path)
        output_discard();
    string_free(&all);
    return well;
}
