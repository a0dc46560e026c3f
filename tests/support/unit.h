/* What every unit test includes: cmocka and the headers it wants before it. */
#ifndef TESTS_SUPPORT_UNIT_H
#define TESTS_SUPPORT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* cmocka 2 warns of the name that does not say the sign, and its unsigned one trips
 * -Wsign-conversion. */
#ifdef assert_int_in_range
#undef assert_in_range
#define assert_in_range(value, min, max) assert_int_in_range(value, min, max)
#endif

#endif
