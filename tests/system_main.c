/* SPDX-License-Identifier: MIT */
/*
 * As Criterion's own main(), but before there is a second thread it gets the
 * rights to make networks.
 */
#include "loopback.h"

#include <criterion/criterion.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	if (!loopback_rights()) {
		fputs("system: no user namespaces\n", stderr);
	}
	struct criterion_test_set *tests = criterion_initialize();
	int status = 0;
	if (criterion_handle_args(argc, argv, true)) {
		status = !criterion_run_all_tests(tests);
	}
	criterion_finalize(tests);
	return status;
}
