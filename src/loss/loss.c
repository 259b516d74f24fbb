/* loss.c: finding losses, and what their parameters may be */
#include "loss/loss.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

const struct loss *loss_find(const char *name, size_t size)
{
    for (size_t i = 0; i < loss_count; i++)
        if (strlen(loss_table[i]->name) == size && memcmp(loss_table[i]->name, name, size) == 0)
            return loss_table[i];
    return NULL;
}

size_t loss_params(const struct loss *loss)
{
    size_t n = 0;

    while (n < LOSS_PARAMS && loss->param[n].name) n++;
    return n;
}

bool loss_is_over_data(const struct loss *loss)
{
    return loss->keep || loss->bins;
}

int loss_param_of(const struct loss *loss, enum param_list list)
{
    for (size_t i = 0; i < loss_params(loss); i++)
        if (loss->param[i].list == list) return (int)i;
    return -1;
}

void loss_describe(const struct loss *loss, struct string *out)
{
    const char *between = "";

    if (loss->balanced) {
        string_puts(out, "α");
        between = ", ";
    }
    for (size_t i = 0; i < loss_params(loss); i++, between = ", ") {
        const struct loss_param *p = &loss->param[i];
        char number[NUMBER_SIZE];

        number_format(p->standard, number);
        if (isnan(p->standard))
            string_printf(out, "%s%s", between, p->name);
        else if (p->list == PARAM_OWN)
            string_printf(out, "%s%s=%s", between, p->name, number);
        else
            string_printf(out, "%s%s", between, p->symbol);
    }
}

bool loss_param_check(const struct loss *loss, const struct loss_param *p, double x, struct diag *d)
{
    if (x < p->least || (p->above && x <= p->least))
        return diag_fail(d, STATUS_USAGE, "%s needs a %s %s %g, not %g", loss->name, p->name,
                         p->above ? "above" : "of at least", p->least, x);
    if (x > p->most)
        return diag_fail(d, STATUS_USAGE, "%s needs a %s of at most %g, not %g", loss->name, p->name, p->most,
                         x);
    return !p->whole || x == floor(x) ||
           diag_fail(d, STATUS_USAGE, "%s needs a whole %s, not %g", loss->name, p->name, x);
}
