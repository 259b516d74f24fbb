/* gnuplot_run.c: running gnuplot by argv, its script on standard input, its picture taken from its standard
   output */
#include "base/output.h"
#include "figures/figure.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* Runs the script; what it drew is in *picture. A signal that ends the program waits until the caller
   unblocks it, and gnuplot is killed. */
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

/* Whether a picture of a terminal ends as such pictures do; a terminal that we do not know has to draw
   something. */
static bool check_whole(const char *terminal, const struct string *picture, struct diag *d)
{
    const char *end = terminal_end(terminal);
    size_t size = end ? strlen(end) : 0, tail = picture->size < 64 + size ? picture->size : 64 + size;

    if (!picture->size) return diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
    for (size_t i = 0; end && i + size <= tail; i++)
        if (memcmp(picture->text + picture->size - tail + i, end, size) == 0) return true;
    return !end || diag_fail(d, STATUS_DATA, "%s drew only a part of the picture", plot_program());
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

/* ---- TeX: a picture of two files ---- */

static bool read_file(const char *path, struct string *out, struct diag *d)
{
    FILE *f = fopen(path, "rb");
    char bytes[65536];
    size_t n;
    bool ok;

    if (!f) return diag_fail(d, STATUS_DATA, "%s drew nothing", plot_program());
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0) string_add(out, bytes, n);
    ok = !ferror(f);
    fclose(f);
    return ok || diag_fail(d, STATUS_DATA, "cannot read what %s drew", plot_program());
}

static bool read_drawn(const char *directory, const char *name, struct string *out, struct diag *d)
{
    struct string path = {0};
    bool ok;

    string_printf(&path, "%s/%s", directory, name);
    ok = read_file(path.text, out, d);
    string_free(&path);
    return ok;
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

/* The graphic in the directory: the file figure.* that is no TeX. */
static bool graphic_name(const char *directory, char name[16])
{
    DIR *dir = opendir(directory);
    struct dirent *e;

    *name = '\0';
    while (dir && (e = readdir(dir)) != NULL)
        if (strncmp(e->d_name, "figure.", 7) == 0 && strcmp(e->d_name, "figure.tex") != 0 &&
            strlen(e->d_name) < 16)
            strcpy(name, e->d_name);
    if (dir) closedir(dir);
    return *name != '\0';
}

/* dir has been open from the beginning: to open it now might need memory that is not there. */
static void remove_directory(const char *directory, DIR *dir)
{
    struct dirent *e;

    rewinddir(dir);
    while ((e = readdir(dir)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    rmdir(directory);
}

/* Whether the TeX includes a graphic of that name, in whatever directory. */
static bool names_graphic(const char *tex, const char *base, size_t size)
{
    for (const char *s = tex; (s = strchr(s, '}')) != NULL; s++)
        if ((size_t)(s - tex) > size && memcmp(s - size, base, size) == 0 &&
            (s[-1 - (ptrdiff_t)size] == '{' || s[-1 - (ptrdiff_t)size] == '/'))
            return true;
    return false;
}

/* A graphic that is there already is replaced where it belongs to the TeX of the same name, and no other. */
static bool check_graphic(const char *path, const char *graphic, size_t stem, struct diag *d)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    struct string old = {0};
    struct diag unread = {0};
    struct stat st;
    bool own;

    if (lstat(graphic, &st) != 0) return true;
    own = S_ISREG(st.st_mode) && read_file(path, &old, &unread) && old.text && strstr(old.text, "GNUPLOT") &&
          names_graphic(old.text, base, stem - (size_t)(base - path));
    string_free(&old);
    return own || diag_fail(d, STATUS_DATA,
                            "%s would be overwritten, and it is not the graphic of %s: choose another name",
                            graphic, path);
}

/* Writes both files, or leaves what was there. */
static bool put_pair(const struct output_file file[2], struct diag *d)
{
    struct string old = {0};
    struct diag unread = {0};
    bool existed = access(file[0].path, F_OK) == 0, kept = existed && read_file(file[0].path, &old, &unread),
         ok = output_write_files(file, 2, d);

    if (!ok && kept)
        output_write(file[0].path, old.text ? old.text : "", old.size, &unread);
    else if (!ok && !existed)
        unlink(file[0].path);
    string_free(&old);
    return ok;
}

/* Draws in the directory, checks both files, and puts them in place together. */
static bool draw_pair(const char *directory, const struct string *head, const struct string *script,
                      const char *path, struct diag *d)
{
    const char *dot = strrchr(path, '.');
    size_t stem = dot && !strchr(dot, '/') ? (size_t)(dot - path) : strlen(path);
    struct string all = {0}, tex = {0}, graphic = {0}, named = {0}, name = {0}, unused = {0};
    char drawn[16];
    bool ok;

    string_puts(&all, "cd ");
    gnuplot_string(directory, &all);
    string_printf(&all, "\n%sset output 'figure.tex'\n", head->text ? head->text : "");
    string_add(&all, script->text, script->size);
    string_puts(&all, "set output\n");
    ok = run(&all, &unused, d) && read_drawn(directory, "figure.tex", &tex, d);
    if (ok && !graphic_name(directory, drawn))
        ok = diag_fail(d, STATUS_DATA, "%s drew only a part of the picture", plot_program());
    ok = ok && check_whole("tex", &tex, d) && read_drawn(directory, drawn, &graphic, d) &&
         check_whole(drawn + strlen("figure."), &graphic, d);
    if (ok) {
        put_graphic_name(&tex, path, stem, &named);
        string_printf(&name, "%.*s.%s", (int)stem, path, drawn + strlen("figure."));
        ok = check_graphic(path, name.text, stem, d) &&
             put_pair((struct output_file[]){{name.text, graphic.text, graphic.size, false},
                                             {path, named.text, named.size, false}},
                      d);
    }
    struct string *made[] = {&all, &tex, &graphic, &named, &name, &unused};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) string_free(made[i]);
    return ok;
}

/* Signals that end the program wait until the directory is gone again. */
static bool render_pair(const struct string *head, const struct string *script, const char *path,
                        struct diag *d)
{
    const char *home = getenv("TMPDIR");
    struct string name = {0};
    sigset_t endings = ending_signals(), before;
    DIR *dir;
    bool made, ok;

    if (path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/")])
        return diag_fail(d, STATUS_USAGE,
                         "%s: TeX includes only files whose names are plain letters, digits and ._+-", path);
    string_printf(&name, "%s/losscope-XXXXXX", home && *home ? home : "/tmp");
    sigprocmask(SIG_BLOCK, &endings, &before);
    made = mkdtemp(name.text) != NULL;
    dir = made ? opendir(name.text) : NULL;
    if (dir) {
        ok = draw_pair(name.text, head, script, path, d);
        remove_directory(name.text, dir);
    } else {
        ok = diag_errno(d, errno, "cannot make a directory %s", name.text);
        if (made) rmdir(name.text);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    string_free(&name);
    return ok;
}

static bool begins(const char *terminal, const char *name)
{
    size_t n = strlen(name);

    return strncmp(terminal, name, n) == 0 && (!terminal[n] || terminal[n] == ' ');
}

bool gnuplot_run(const char *terminal, const struct string *script, struct string *picture, struct diag *d)
{
    struct string all = {0};
    sigset_t endings = ending_signals(), before;
    bool ok;

    string_add(&all, script->text, script->size);
    string_puts(&all, "set output\n");
    sigprocmask(SIG_BLOCK, &endings, &before);
    ok = run(&all, picture, d);
    sigprocmask(SIG_SETMASK, &before, NULL);
    string_free(&all);
    return ok && check_whole(terminal, picture, d);
}

/* A page that holds the SVG and asks for nothing else. */
static void put_page(const char *title, const struct string *svg, struct string *out)
{
    const char *start = strstr(svg->text, "<svg");

    string_printf(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<title>%s</title>\n<style>body{margin:0}svg"
        "{max-width:100%%;height:auto}</style>\n</head>\n<body>\n%s</body>\n</html>\n",
        title, start ? start : svg->text);
}

bool gnuplot_picture(const struct drawing *g, const char *terminal, const struct string *script,
                     const char *path, struct diag *d)
{
    struct string head = {0}, all = {0}, picture = {0}, page = {0};
    bool ok;

    if (!g->plot->style.terminal) terminal_put(g, terminal, &head);
    if (path && (begins(terminal, "cairolatex") || begins(terminal, "epslatex"))) {
        ok = render_pair(&head, script, path, d);
    } else {
        if (head.size) string_add(&all, head.text, head.size);
        string_add(&all, script->text, script->size);
        ok = gnuplot_run(terminal, &all, &picture, d);
        if (ok && begins(terminal, "dumb")) trim_text(&picture);
        if (ok && !g->plot->style.terminal && path && terminal_is_page(path)) {
            put_page(g->plot->figure->name, &picture, &page);
            ok = output_write(path, page.text, page.size, d);
        } else if (ok) {
            ok = output_write(path, picture.text, picture.size, d);
        }
    }
    string_free(&head);
    string_free(&all);
    string_free(&picture);
    string_free(&page);
    return ok;
}
