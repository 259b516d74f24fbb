/* check_interval.c: base/interval against quantiles that mpmath computed, and against formulas by hand */
#include "base/interval.h"
#include "check.h"

#include <math.h>

/* mpmath 1.3, 40 digits: erfinv, and betainc solved for t; the level is the double. */
START_TEST(quantiles_are_those_of_40_digits)
{
    enum { LEVELS = 5, FREEDOMS = 10 };
    static const uint64_t freedom[FREEDOMS] = {1, 2, 3, 4, 9, 30, 100, 1000, 1001, 1000000};
    static const double level[LEVELS] = {0.5, 0.9, 0.95, 0.99, 0.999999},
                        normal[LEVELS] = {0.6744897501960817432, 1.6448536269514728225, 1.9599639845400538556,
                                          2.5758293035489004539, 4.8916384756929317718};
    static const double student[LEVELS][FREEDOMS] = {
        {1.0, 0.81649658092772603273, 0.76489232840434528066, 0.74069708411268263298, 0.70272214675132636718,
         0.68275569332129255301, 0.67695104301147147794, 0.67473516460700943738, 0.67473491935844706462,
         0.67448999553108737862},
        {6.3137515146750445242, 2.9199855803537260661, 2.3533634348018241223, 2.1318467863266505158,
         1.8331129326562373085, 1.6972608865939579648, 1.6602343260853396657, 1.6463788172854648235,
         1.6463772921994682718, 1.6448551507220406003},
        {12.706204736174693314, 4.3026527297494617894, 3.1824463052837084359, 2.7764451051977934898,
         2.2621571627982049992, 2.0422724563012378878, 1.9839715185235518946, 1.9623390808264081039,
         1.9623367052808795374, 1.9599663568141066553},
        {63.656741162871524447, 9.9248432009182886403, 5.8409093097333554113, 4.6040948713499920459,
         3.2498355415921257205, 2.7499956535672249664, 2.625890521438017607, 2.5807546980659507706,
         2.5807497687505246771, 2.5758342201053338472},
        {636619.7723487513197, 999.9992499854659069, 130.15458955711021351, 49.458636756578596134,
         11.636782027289474482, 6.1190756203738998483, 5.2137275742232927194, 4.9222895234238254713,
         4.9222587364578592936, 4.8916689607047265543},
    };

    for (int i = 0; i < LEVELS; i++) {
        near_to(normal_quantile(level[i]), normal[i], 1e-14);
        for (int k = 0; k < FREEDOMS; k++)
            near_to(student_quantile(level[i], freedom[k]), student[i][k], 1e-13 + 1e-15 / (1 - level[i]));
    }
}
END_TEST

/* 1, 2, 3, 6: the mean is 3, the variance 14 / 3, so that the error of the mean is √(14 / 12). */
START_TEST(intervals_are_those_by_hand)
{
    double error = standard_error((4 + 1 + 0 + 9) / 16.0, 4);
    struct interval mean = interval_of_mean(3, error, 2), share = interval_of_share(0.2, 0.16 * log(2), 1);

    near_to(error, 1.0801234497346435, 1e-15);
    near_to(mean.low, 3 - 2 * error, 1e-15);
    near_to(mean.high, 3 + 2 * error, 1e-15);
    near_to(share.low, 1.0 / 9, 1e-14); /* odds of 1 to 4, halved and doubled */
    near_to(share.high, 1.0 / 3, 1e-14);
    ck_assert(isnan(standard_error(1, 1)) && isnan(standard_error(0, 0)));
    share = interval_of_share(0, 0, 2);
    ck_assert(isnan(share.low) && isnan(share.high));
    share = interval_of_share(0.5, 1e9, 2);
    ck_assert(share.low >= 0 && share.low < 1e-300 && share.high <= 1);
}
END_TEST

TCase *interval_cases(void)
{
    TCase *c = tcase_create("interval");

    tcase_add_test(c, quantiles_are_those_of_40_digits);
    tcase_add_test(c, intervals_are_those_by_hand);
    return c;
}
