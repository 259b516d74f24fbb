/* foreign.c: kinds of files that are told by their first bytes and are no table: refused by name, with what
   converts them */
#include "read/internal.h"

#include <ctype.h>
#include <string.h>

#define PANDAS(read)                                                                                         \
    "write it as CSV: python3 -c \"import pandas; pandas." read ".to_csv('FILE.csv', index=False)\""

/* A magic in lower case matches any case. */
static const struct {
    const char *magic;
    size_t size;
    const char *what, *help;
} foreign[] = {
    {"\x89"
     "LST\r\n",
     6, "a state of losscope", "losscope merge reads states; beside data they are not read"},
    {"\xfd"
     "7zXZ",
     5, "xz data", "decompress it first: xz -dc FILE | losscope ..."},
    {"BZh", 3, "bzip2 data", "decompress it first: bzip2 -dc FILE | losscope ..."},
    {"PK\3\4", 4, "a zip archive (an .npz or .xlsx is one)",
     "save single arrays with numpy.save, a sheet as CSV, or unzip it"},
    {"PAR1", 4, "Parquet data", PANDAS("read_parquet('FILE')")},
    {"ARROW1", 6, "Arrow (Feather) data", PANDAS("read_feather('FILE')")},
    {"ORC", 3, "ORC data", PANDAS("read_orc('FILE')")},
    {"Obj\1", 4, "Avro data", "write it as CSV"},
    {"\x89HDF", 4, "HDF5 data", "write it as CSV or .npy: pandas.read_hdf, or h5py and numpy.save"},
    {"SQLite format 3", 15, "an SQLite database",
     "write the table as CSV: sqlite3 -csv -header FILE 'select * from TABLE'"},
    {"MATLAB 5.0", 10, "a MATLAB file", "save the arrays with scipy.io.loadmat and numpy.save"},
    {"RDX", 3, "an R workspace", "write the table as CSV, with write.csv"},
    {"RDA", 3, "an R workspace", "write the table as CSV, with write.csv"},
    {"X\n\0\0\0", 5, "an R object",
     "write it as CSV: Rscript -e \"write.csv(readRDS('FILE'), 'FILE.csv', row.names = FALSE)\""},
    {"\xd0\xcf\x11\xe0", 4, "an Excel workbook", "save the sheet as CSV"},
    {"<stata_dta>", 11, "a Stata file", PANDAS("read_stata('FILE')")},
    {"\x80\2", 2, "a Python pickle", "save the arrays with numpy.save or as CSV"},
    {"\x80\3", 2, "a Python pickle", "save the arrays with numpy.save or as CSV"},
    {"\x80\4\x95", 3, "a Python pickle", "save the arrays with numpy.save or as CSV"},
    {"\x80\5\x95", 3, "a Python pickle", "save the arrays with numpy.save or as CSV"},
    {"\xff\xfe", 2, "UTF-16 text", "convert it first: iconv -f UTF-16 -t UTF-8"},
    {"\xfe\xff", 2, "UTF-16 text", "convert it first: iconv -f UTF-16 -t UTF-8"},
    {"<!doctype html", 14, "an HTML page", "it is no table of predictions"},
    {"<html", 5, "an HTML page", "it is no table of predictions"},
    {"<?xml", 5, "XML", "write it as CSV"},
    {"@relation", 9, "an ARFF file",
     "give the rows behind @data, and say what the columns are: sed '1,/^@data/Id' FILE | losscope "
     "--no-header -p 1 -y 2"},
    {"{\"", 2, "JSON, line by line", PANDAS("read_json('FILE', lines=True)")},
    {"{}", 2, "JSON, line by line", PANDAS("read_json('FILE', lines=True)")},
    {"[{", 2, "JSON", PANDAS("read_json('FILE')")},
    {"[[", 2, "JSON", PANDAS("read_json('FILE')")},
};

/* Is each line an object: does one begin another line, or is the first line one of plain values? */
static bool is_json_lines(const char *text, size_t size)
{
    const char *end = memchr(text, '\n', size);
    size_t first = end ? (size_t)(end - text) : size;

    for (size_t i = 1; i < size; i++)
        if (text[i] == '{' && text[i - 1] == '\n') return true;
    while (first && isspace((unsigned char)text[first - 1])) first--;
    return first && text[first - 1] == '}' && !memchr(text, '[', first);
}

static bool begins(const char *text, const char *magic, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = islower((unsigned char)magic[i]) ? (char)tolower((unsigned char)text[i]) : text[i];

        if (c != magic[i]) return false;
    }
    return true;
}

/* Blanks are passed over within JSON's brackets, and before them. */
static size_t first_signs(const char *text, size_t size, char out[16])
{
    size_t n = 0;

    for (size_t i = 0; i < size && n < 16; i++)
        if (!isspace((unsigned char)text[i])) out[n++] = text[i];
    return n;
}

/* ARFF may begin with comments. */
static bool skip_comments(const char **text, size_t *size)
{
    while (*size && **text == '%') {
        const char *end = memchr(*text, '\n', *size);

        if (!end) return false;
        *size -= (size_t)(end + 1 - *text);
        *text = end + 1;
    }
    return true;
}

bool is_no_table(const char *name, const char *head, size_t size, struct diag *d)
{
    char signs[16];
    size_t signs_size = first_signs(head, size, signs), rest = size;
    const char *behind = head;
    bool arff = skip_comments(&behind, &rest);

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        const char *magic = foreign[i].magic;
        size_t n = foreign[i].size;
        bool json = *magic == '{' || *magic == '[', whole = *magic == '{' && !is_json_lines(head, size);
        if ((size >= n && begins(head, magic, n)) || (json && signs_size >= n && begins(signs, magic, n)) ||
            (arff && *magic == '@' && rest >= n && begins(behind, magic, n)))
            return !diag_fail(d, STATUS_DATA, "%s: this is %s: %s", name, whole ? "JSON" : foreign[i].what,
                              whole ? PANDAS("read_json('FILE')") : foreign[i].help);
    }
    return false;
}
