/* row_losses.h: the losses that an analysis asks for of each row, with their names */
#ifndef COMMAND_ROW_LOSSES_H
#define COMMAND_ROW_LOSSES_H

#include "report/report.h"
#include "rows/rows.h"

/* All that is asked, in the order of the report; free them in any case. False with d filled: one cannot be
   told of a row alone, or there is none. */
bool row_losses_list(const struct analysis *a, const char *command, struct row_loss **loss, size_t *losses,
                     struct diag *d);
/* Of each loss one, at the first γ, β and α. */
bool row_losses_each(const struct analysis *a, const char *command, struct row_loss **loss, size_t *losses,
                     struct diag *d);
void row_losses_free(struct row_loss *loss, size_t losses);

#endif
