/* naive.c: what one writes in five minutes: getline, strtod, log, pow; CE and FL at five γ by side and by p_t
   ≥ ½ */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    static const double gamma[] = {0, 0.5, 1, 2, 5};
    double sum[2][2][5] = {0};
    size_t room = 0, count[2][2] = {0};
    char *line = NULL;
    FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;

    if (!f || getline(&line, &room, f) < 0) return 1;
    while (getline(&line, &room, f) > 0) {
        char *comma;
        double p = strtod(line, &comma);
        int y = atoi(comma + 1);
        double pt = y ? p : 1 - p;

        count[y][pt >= 0.5]++;
        for (int g = 0; g < 5; g++) sum[y][pt >= 0.5][g] -= pow(1 - pt, gamma[g]) * log(pt);
    }
    for (int y = 0; y < 2; y++)
        for (int easy = 0; easy < 2; easy++) {
            printf("%d %d %zu", y, easy, count[y][easy]);
            for (int g = 0; g < 5; g++) printf(" %.17g", sum[y][easy][g]);
            putchar('\n');
        }
    return 0;
}
