/* csv.h: bytes to rows to fields (RFC 4180, LF or CRLF, quoted fields with anything in them) */
#ifndef READ_CSV_H
#define READ_CSV_H

#include "base/error.h"
#include "base/memory.h"

#include <stdint.h>

struct dialect {
    char delimiter; /* a space parts in runs: "  0.5   1 " has two fields */
    char quote;     /* 0: none */
    char comment;   /* 0: none */
    bool one_line;  /* a quoted field must end in its line */
};

/* A field of a row: a place in the block, or in the row's scratch where doubled quotes were undone. */
struct field {
    const char *text;
    size_t size;
    bool quoted;
    uint32_t moved; /* csv.c's own: its place in the scratch + 1, 0: it is in the block */
};

enum row_kind { ROW_FIELDS, ROW_BLANK, ROW_COMMENT, ROW_OPEN_QUOTE, ROW_AFTER_QUOTE };

/* What to say of ROW_OPEN_QUOTE with one_line. */
#define ROW_OPEN_QUOTE_HELP                                                                                  \
    "a quoted field of tab-separated text that does not end in its line: --quote none takes quotes as "      \
    "text, "                                                                                                 \
    "--quote '\"' lets fields hold newlines"

struct row {
    struct field *field;
    size_t count, room;
    struct string scratch; /* unescaped text; fields point into it only when the row is done */
    enum row_kind kind;
};

/* Reads the row that begins at text (size > 0 bytes are left) into r, which may be NULL where only its kind
   and its length are wanted. *taken counts its bytes, line end included. A quoted field that never ends (with
   one_line: in its line, at whose end the row then ends) is ROW_OPEN_QUOTE, and empty; text between a closing
   quote and the delimiter is ROW_AFTER_QUOTE: the row then goes to the end of its line. */
enum row_kind csv_row(struct dialect d, const char *text, size_t size, struct row *r, size_t *taken);
void row_free(struct row *r);

/* The delimiter of a first line: the one of comma, tab, semicolon and | that parts it most often outside
   quotes (in this order where equal); a space where it has none of these; comma where nothing parts it. A
   decimal comma is no delimiter. */
char csv_delimiter(const char *text, size_t size, char decimal);

/* The whole rows at the beginning of text[0..size), which begins with a row; `last`: nothing comes behind. */
struct span {
    size_t size;          /* their bytes */
    uint64_t lines;       /* '\n' among these */
    uint64_t rows;        /* that are neither blank nor comments; only where there are quotes */
    bool quotes, returns; /* the quote, '\r' may be among these bytes */
    bool open;            /* a quoted field begins in the row behind them and never ends (`last` only) */
};
void csv_whole(struct dialect d, const char *text, size_t size, bool last, struct span *s);

/* The rows of a text of whole rows that are neither blank nor comments; `lines`: '\n' in it. Only where no
   quoted field holds a newline. */
uint64_t csv_rows(struct dialect d, const char *text, size_t size, uint64_t lines);

/* '\n' in text[0..size). */
uint64_t csv_lines(const char *text, size_t size);

#endif
