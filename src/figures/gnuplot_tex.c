/* gnuplot_tex.c: a picture for TeX is two files: both are drawn in a directory of their own, checked, and put
   in place together */
#include "base/output.h"
#include "figures/gnuplot_run.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The directory that gnuplot draws in; it goes with the program where memory ends. It has been open from the
   beginning: to open it now might need memory that is not there. */
static struct {
    DIR *dir; /* NULL: there is none */
    char path[PATH_MAX];
} drawn;

static void remove_drawn(void)
{
    struct dirent *e;

    if (!drawn.dir) return;
    rewinddir(drawn.dir);
    while ((e = readdir(drawn.dir)) != NULL)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(drawn.dir), e->d_name, 0);
    closedir(drawn.dir);
    drawn.dir = NULL;
    rmdir(drawn.path);
}

static bool make_drawn(struct diag *d)
{
    const char *home = getenv("TMPDIR");
    int size = snprintf(drawn.path, sizeof drawn.path, "%s/losscope-XXXXXX", home && *home ? home : "/tmp");
    bool made;

    if (size >= (int)sizeof drawn.path)
        return diag_errno(d, ENAMETOOLONG, "cannot make a directory in %s", home);
    atexit(remove_drawn);
    made = mkdtemp(drawn.path) != NULL;
    drawn.dir = made ? opendir(drawn.path) : NULL;
    if (drawn.dir) return true;
    diag_errno(d, errno, "cannot make a directory %s", drawn.path);
    if (made) rmdir(drawn.path);
    return false;
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
    char graphic_file[16];
    bool ok;

    string_puts(&all, "cd ");
    gnuplot_string(directory, &all);
    string_printf(&all, "\n%sset output 'figure.tex'\n", head->text ? head->text : "");
    string_add(&all, script->text, script->size);
    ok = gnuplot_send(&all, &unused, d) && read_drawn(directory, "figure.tex", &tex, d);
    if (ok && !graphic_name(directory, graphic_file))
        ok = diag_fail(d, STATUS_DATA, "%s drew only a part of the picture", plot_program());
    ok = ok && gnuplot_check_whole("tex", &tex, d) && read_drawn(directory, graphic_file, &graphic, d) &&
         gnuplot_check_whole(graphic_file + strlen("figure."), &graphic, d);
    if (ok) {
        put_graphic_name(&tex, path, stem, &named);
        string_printf(&name, "%.*s.%s", (int)stem, path, graphic_file + strlen("figure."));
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
bool gnuplot_tex(const struct string *head, const struct string *script, const char *path, struct diag *d)
{
    sigset_t before;
    bool ok;

    if (path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-/")])
        return diag_fail(d, STATUS_USAGE,
                         "%s: TeX includes only files whose names are plain letters, digits and ._+-", path);
    before = gnuplot_hold_endings();
    ok = make_drawn(d) && draw_pair(drawn.path, head, script, path, d);
    remove_drawn();
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}
