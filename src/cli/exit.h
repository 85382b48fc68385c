/* SPDX-License-Identifier: MIT */
/* What the program says to the shell. */
#ifndef CLI_EXIT_H
#define CLI_EXIT_H

enum exit_code {
	EXIT_READY = 0,       /* nothing at or above --fail-on */
	EXIT_ACTION = 1,      /* a person must change something */
	EXIT_USAGE = 2,       /* nothing was judged: a bad option or file */
	EXIT_UNKNOWN = 3,     /* DNS could not be asked */
	EXIT_PROPAGATING = 4, /* only waiting is needed */
};

/** Of two results the one that counts: 2, 1, 3, 4, 0 in that order. */
enum exit_code exit_worst(enum exit_code a, enum exit_code b);

#endif
