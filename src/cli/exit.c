/* SPDX-License-Identifier: MIT */
/* Which of several results counts. */
#include "cli/exit.h"

#include <assert.h>

enum exit_code
exit_worst(enum exit_code a, enum exit_code b)
{
	static const int weights[] = {
		[EXIT_READY] = 0,
		[EXIT_PROPAGATING] = 1,
		[EXIT_UNKNOWN] = 2,
		[EXIT_ACTION] = 3,
		[EXIT_USAGE] = 4,
	};
	const unsigned known = sizeof(weights) / sizeof(*weights);
	assert((unsigned)a < known && (unsigned)b < known);
	return weights[a] >= weights[b] ? a : b;
}
