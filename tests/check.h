/* check.h: the cases of the unit tests, one list a file */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <check.h>

TCase *input_cases(void);

#endif
