/* gnuplot_run.c: running gnuplot by argv, its script on standard input, its picture taken from its standard
 * output */
#include "base/output.h"
#include "figures/internal.h"

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
    struct string picture, messages;
};

static void shut(int *fd)
{
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

static void take(int *fd, struct string *into)
{
    char bytes[65536];
    ssize_t n = read(*fd, bytes, sizeof bytes);

    if (n > 0) string_add(into, bytes, (size_t)n);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) shut(fd);
}

static void tell(struct run *r)
{
    ssize_t n = write(r->in, r->script->text + r->sent, r->script->size - r->sent);

    if (n > 0) r->sent += (size_t)n;
    if ((n < 0 && errno != EAGAIN && errno != EINTR) || r->sent == r->script->size) shut(&r->in);
}

/* Feeds the script and takes what comes until gnuplot closes its ends; false at the time limit. */
static bool converse(struct run *r)
{
    struct timespec start, now;

    clock_gettime(CLOCK_MONOTONIC, &start);
    while (r->out >= 0 || r->err >= 0) {
        struct pollfd p[3] = {
            {r->out, POLLIN, 0}, {r->err, POLLIN, 0}, {r->in, POLLOUT, 0}}; /* −1 is passed over */

        if (poll(p, 3, 1000) < 0 && errno != EINTR) return false;
        if (r->out >= 0 && p[0].revents) take(&r->out, &r->picture);
        if (r->err >= 0 && p[1].revents) take(&r->err, &r->messages);
        if (r->in >= 0 && p[2].revents) tell(r);
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - start.tv_sec > TIME_LIMIT) return false;
    }
    return true;
}

/* gnuplot's reason stands in its last line, after lines that show the place. */
static void complain(const struct string *messages, const char *program, struct diag *d)
{
    const char *s = messages->text ? messages->text : "", *end = s + strlen(s), *line;

    while (end > s && isspace((unsigned char)end[-1])) end--;
    for (line = end; line > s && line[-1] != '\n';) line--;
    while (line < end && isspace((unsigned char)*line)) line++;
    diag_fail(d, STATUS_DATA, "%s failed: %.*s", program, (int)(end - line), end > line ? line : "");
    if (end == line) diag_fail(d, STATUS_DATA, "%s failed and gave no reason", program);
}

const char *plot_program(void)
{
    const char *program = getenv("LOSSCOPE_GNUPLOT");

    return program && *program ? program : "gnuplot";
}

static bool spawn(const char *program, const int in[2], const int out[2], const int err[2], pid_t *pid,
                  struct diag *d)
{
    char *argv[] = {(char *)(uintptr_t)program, (char *)(uintptr_t) "-d", (char *)(uintptr_t) "-", NULL};
    posix_spawn_file_actions_t actions;
    int failed;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    failed = posix_spawnp(pid, program, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed == ENOENT)
        return diag_fail(
            d, STATUS_DATA,
            "cannot find %s: install gnuplot (Debian: gnuplot-nox), or name it in LOSSCOPE_GNUPLOT", program);
    return !failed || diag_errno(d, failed, "cannot run %s (Debian's package is gnuplot-nox)", program);
}

static bool open_pipes(int in[2], int out[2], int err[2], struct diag *d)
{
    int *all[] = {in, out, err};

    for (int i = 0; i < 3; i++)
        if (pipe(all[i]) != 0) return diag_errno(d, errno, "cannot run gnuplot");
    for (int i = 0; i < 6; i++) fcntl(all[i / 2][i % 2], F_SETFD, FD_CLOEXEC);
    return true;
}

/* Runs the script; what it drew is in *picture. */
static bool run(const struct string *script, struct string *picture, struct diag *d)
{
    const char *program = plot_program();
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1}, status = 0;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    struct run r = {.script = script};
    bool well, in_time = false;
    pid_t pid;

    well = open_pipes(in, out, err, d) && spawn(program, in, out, err, &pid, d);
    shut(&in[0]);
    shut(&out[1]);
    shut(&err[1]);
    r.in = in[1];
    r.out = out[0];
    r.err = err[0];
    if (well) {
        fcntl(r.in, F_SETFL, O_NONBLOCK);
        sigaction(SIGPIPE, &ignore, &before);
        in_time = converse(&r);
        sigaction(SIGPIPE, &before, NULL);
        if (!in_time) kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
    shut(&r.in);
    shut(&r.out);
    shut(&r.err);
    if (well && !in_time)
        well = diag_fail(d, STATUS_DATA, "%s was not done in %d seconds", program, TIME_LIMIT);
    else if (well &&
             (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) /* what it says and goes on is a warning */
        complain(&r.messages, program, d), well = false;
    string_free(&r.messages);
    *picture = r.picture;
    return well;
}

/* Text without the form feed that the terminal begins with, and without blanks at the ends of lines. */
static void trim_text(struct string *s)
{
    size_t n = 0, line = 0;

    for (size_t i = 0; i < s->size; i++) {
        char c = s->text[i];

        if (c == '\f') continue;
        if (c == '\n') {
            while (n > line && s->text[n - 1] == ' ') n--;
            if (n == 0) continue; /* blank lines above the picture */
            line = n + 1;
        }
        s->text[n++] = c;
    }
    while (n > 1 && s->text[n - 1] == '\n' && s->text[n - 2] == '\n') n--;
    s->size = n;
    if (s->text) s->text[n] = '\0';
}

static bool begins(const char *terminal, const char *name)
{
    size_t n = strlen(name);

    return strncmp(terminal, name, n) == 0 && (!terminal[n] || terminal[n] == ' ');
}

static bool read_file(const char *path, struct string *out, struct diag *d)
{
    FILE *f = fopen(path, "rb");
    char bytes[65536];
    size_t n;

    if (!f) return diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0) string_add(out, bytes, n);
    fclose(f);
    return out->size > 0 || diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
}

/* The TeX names its graphic "{figure}": our name for it instead. */
static void put_graphic_name(const struct string *tex, const char *name, size_t size, struct string *out)
{
    const char *s = tex->text, *next;

    while ((next = strstr(s, "{figure}")) != NULL) {
        string_add(out, s, (size_t)(next - s));
        string_putc(out, '{');
        string_add(out, name, size);
        string_putc(out, '}');
        s = next + strlen("{figure}");
    }
    string_puts(out, s);
}

/* A terminal that writes two files, the TeX and the graphic that it includes: drawn in a directory of its
 * own, then both put in place. */
static bool render_pair(const struct string *head, const struct string *script, const char *path,
                        const char *graphic, struct diag *d)
{
    const char *home = getenv("TMPDIR"), *dot = strrchr(path, '.');
    struct string all = {0}, name = {0}, tex = {0}, picture = {0}, out = {0}, unused = {0}, pair = {0};
    size_t stem = dot && !strchr(dot, '/') ? (size_t)(dot - path) : strlen(path);
    bool well;

    if (path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/")])
        return diag_fail(d, STATUS_USAGE,
                         "%s: TeX includes only files whose names are plain letters, digits and ._+-", path);
    string_printf(&name, "%s/losscope-XXXXXX", home && *home ? home : "/tmp");
    if (!mkdtemp(name.text)) {
        diag_errno(d, errno, "cannot make a directory %s", name.text);
        string_free(&name);
        return false;
    }
    string_puts(&all, "cd ");
    gnuplot_string(name.text, &all);
    string_printf(&all, "\n%sset output 'figure.tex'\n", head->text);
    string_add(&all, script->text, script->size);
    string_puts(&all, "set output\n");
    string_printf(&tex, "%s/figure.tex", name.text);
    string_printf(&picture, "%s/figure.%s", name.text, graphic);
    well = run(&all, &unused, d);
    string_free(&unused);
    string_free(&all);
    if (well && (well = read_file(tex.text, &all, d) && read_file(picture.text, &unused, d))) {
        put_graphic_name(&all, path, stem, &out);
        string_printf(&pair, "%.*s.%s", (int)stem, path, graphic);
        well =
            output_write(pair.text, unused.text, unused.size, d) && output_write(path, out.text, out.size, d);
    }
    unlink(tex.text);
    unlink(picture.text);
    rmdir(name.text);
    struct string *made[] = {&all, &name, &tex, &picture, &out, &unused, &pair};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) string_free(made[i]);
    return well;
}

bool plot_wants_script(const struct plot_style *style, const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    return dot ? strcmp(dot, ".gp") == 0 || strcmp(dot, ".gnuplot") == 0 || strcmp(dot, ".plt") == 0
               : !path && !style->terminal;
}

bool plot_render(const struct string *script, const struct plot *p, const char *path, struct diag *d)
{
    const char *terminal = p->style.terminal ? p->style.terminal : path ? terminal_by_ending(path) : NULL;
    struct string head = {0}, all = {0}, picture = {0};
    bool well;

    if (!terminal)
        return diag_fail(
            d, STATUS_USAGE,
            "%s: the ending tells no picture: png, svg, pdf, eps, tex, html, txt or gp, or name a --terminal",
            path ? path : "standard output");
    string_puts(&head, "\n");
    if (!p->style.terminal) terminal_put(p, terminal, &head);
    if (path && (begins(terminal, "cairolatex") || begins(terminal, "epslatex"))) {
        well = render_pair(&head, script, path,
                           begins(terminal, "epslatex") || strstr(terminal, " eps") ? "eps" : "pdf", d);
    } else {
        string_add(&all, head.text, head.size);
        string_add(&all, script->text, script->size);
        string_puts(&all, "set output\n");
        well = run(&all, &picture, d);
        if (begins(terminal, "dumb")) trim_text(&picture);
        if (well && path && !picture.size)
            well = diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
        if (well) well = output_write(path, picture.text ? picture.text : "", picture.size, d);
    }
    string_free(&head);
    string_free(&all);
    string_free(&picture);
    return well;
}

bool plot_svg(const struct plot *p, struct string *svg, struct diag *d)
{
    struct string all = {0};
    bool well;

    terminal_put(p, "svg", &all);
    well = plot_script(p, &all, d);
    string_puts(&all, "set output\n");
    well = well && run(&all, svg, d) &&
           (svg->size > 0 || diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program()));
    string_free(&all);
    return well;
}
