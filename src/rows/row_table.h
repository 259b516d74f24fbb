/* row_table.h: the columns of the lines that rows are written as, and what a row has in them */
#ifndef ROWS_ROW_TABLE_H
#define ROWS_ROW_TABLE_H

#include "examples/detect.h"
#include "read/rows.h"
#include "rows/rows.h"
#include "rows/where.h"

/* What conditions may ask of a row; behind them the losses, each with its gradient. */
enum { FIELD_P_T, FIELD_X_T, FIELD_P, FIELD_LABEL, FIELD_CLASS, FIELD_WEIGHT, FIELD_GROUP, FIELDS };

/* The names of all fields: FIELDS, and two a loss. Free with row_fields_free. */
const char **row_fields(const struct rows_request *q, size_t *count);
void row_fields_free(const char **name, size_t count);

/* An example, or (empty) a row without one. */
struct row_view {
    const struct rows_request *request;
    const struct facts *facts;
    const struct file_schema *schema;
    const struct batch_row *text; /* NULL where no text of the row is wanted */
    uint64_t number, line;        /* of the row, from 0 and from 1 */
    bool empty;
    struct tail_terms terms;
    double weight;
    int side; /* 1, 0, −1: none */
    size_t class;
    double *value; /* [2 · losses]: each loss and its gradient */
};

/* α_t: α of positives, 1 − α of negatives, α where there are no sides; 1 where the loss has none. */
double row_factor(const struct row_loss *l, int side);
/* Fills in view->value. */
void row_losses(struct row_view *view);
/* out[FIELDS + 2 · losses]; the text of the group is kept in scratch. */
void row_values(const struct row_view *view, struct where_value *out, char scratch[NUMBER_SIZE]);

/* The columns, with the names of those kept from the input; share, too, where rows are chosen. They end with
   row_columns_free. */
struct row_columns {
    struct column *column;
    struct value *kind;     /* [count]: cells that show which columns hold texts */
    struct column_fit *fit; /* [count] */
    size_t count, keeps;
};
void row_columns_open(struct row_columns *c, const struct rows_request *q, const struct facts *facts,
                      const struct file_schema *schema, bool shares);
void row_columns_free(struct row_columns *c);

/* The cells of a row but its shares. Kept texts are added to `texts`, each with a NUL, and stand in the cells
   as places there until kept_settle (kept.h) makes them texts. */
void row_cells(const struct row_columns *c, const struct row_view *view, struct value *cell,
               struct string *texts);

#endif
