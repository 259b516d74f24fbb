/* gen.c: predictions of a dense detector or a classifier, for measurements: gen KIND ROWS [CLASSES] >FILE
   KIND: prob, single, short, exp, logit (score,label), softmax (p0 … pK-1,label), npy (float64 rows of score
   and label) */
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 0x9e3779b97f4a7c15u;
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

static double normal(double mean, double deviation)
{
    return mean + deviation * sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

static void put_softmax(size_t classes)
{
    static double p[16384];
    size_t label = (size_t)(uniform() * (double)classes);
    double sum = 0;
    char text[NUMBER_SIZE];

    for (size_t k = 0; k < classes; k++) sum += p[k] = exp(normal(k == label ? 2 : 0, 1.5));
    for (size_t k = 0; k < classes; k++) {
        size_t n = number_format(p[k] / sum, text);

        fwrite(text, 1, n, stdout);
        putchar(',');
    }
    printf("%zu\n", label);
}

static void put_row(const char *kind)
{
    int label = uniform() < 0.01;
    double z = normal(label ? 1.5 : -5, 2), p = 1 / (1 + exp(-z));
    char text[NUMBER_SIZE];

    if (strcmp(kind, "npy") == 0) {
        double row[2] = {p, label};

        fwrite(row, sizeof row, 1, stdout);
    } else if (strcmp(kind, "short") == 0)
        printf("%.6f,%d\n", p, label);
    else if (strcmp(kind, "exp") == 0)
        printf("%.18e,%.18e\n", p, (double)label);
    else if (strcmp(kind, "single") == 0)
        printf("%.8g,%d\n", (double)(float)p, label);
    else {
        number_format(strcmp(kind, "logit") == 0 ? z : p, text);
        printf("%s,%d\n", text, label);
    }
}

int main(int argc, char **argv)
{
    size_t rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 0,
           classes = argc > 3 ? strtoull(argv[3], NULL, 10) : 10;
    char header[128];

    if (rows == 0) return fputs("gen KIND ROWS [CLASSES]\n", stderr), 2;
    if (strcmp(argv[1], "npy") == 0) {
        int n = snprintf(header, sizeof header,
                         "{'descr': '<f8', 'fortran_order': False, 'shape': (%zu, 2), }", rows);

        printf("\x93NUMPY%c%c%c%c%*s\n", 1, 0, 118, 0, -117, header);
        (void)n;
    } else if (strcmp(argv[1], "softmax") == 0) {
        for (size_t k = 0; k < classes; k++) printf("p%zu,", k);
        puts("label");
    } else {
        printf("%s,label\n", strcmp(argv[1], "logit") == 0 ? "logit" : "score");
    }
    for (size_t i = 0; i < rows; i++)
        strcmp(argv[1], "softmax") == 0 ? put_softmax(classes) : put_row(argv[1]);
    return 0;
}
