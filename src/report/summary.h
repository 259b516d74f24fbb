/* summary.h: the report for reading: its heading, its sentence, and what was understood of the input */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/formats.h"

/* As struct output_format's. */
extern const struct pieces_form pieces_text, pieces_markdown, pieces_json;
void understood_text(const struct facts *f, struct string *out);
void understood_json(const struct facts *f, struct string *out);

/* "a, b, c" of a joined list; of a longer one its ends: "a … z". Nothing that a terminal would obey. */
void summary_add_columns(const struct string *list, struct string *out);
/* The name of a file as the user gave it, made fit for a terminal; "-" is standard input. */
void summary_add_file(const char *name, struct string *out);
/* Parts of a heading: which file, and what of it was read; how many examples, and how many of each side; what
   else was counted, each behind "; ". */
void summary_add_source(const struct facts *f, struct string *out);
void summary_add_examples(const struct facts *f, const struct counts *c, struct string *out);
void summary_add_asides(const struct counts *c, struct string *out);

#endif
