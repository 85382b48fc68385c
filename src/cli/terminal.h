/* SPDX-License-Identifier: MIT */
/*
 * What the environment says about where the output goes. The only module
 * that reads environment variables: NO_COLOR, TERM, COLUMNS and the locale.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct terminal {
	bool out_is_terminal;
	bool err_is_terminal;
	bool plain;   /* NO_COLOR is set, or TERM=dumb */
	bool utf8;    /* the locale's characters are UTF-8 */
	size_t width; /* in columns, 40 to 500; 80 if not known */
};

/** Reads it, once, at the start. */
struct terminal terminal_read(void);

#endif
