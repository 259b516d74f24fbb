/* match.c: which way rows are matched */
#include "compare/internal.h"

bool match_models(struct model *model, size_t models, struct match_sink sink, uint64_t *left_out,
                  struct diag *d)
{
    *left_out = 0;
    for (size_t m = 0; m < models; m++) {
        model[m].input.apart = APART_CLASSES;
        model[m].input.key_of_rows = model[m].input.key != NULL;
        if (m) model[m].input.progress = 0;
    }
    return (model->input.key ? match_by_key : match_in_step)(model, models, sink, left_out, d);
}
