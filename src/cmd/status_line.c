/* SPDX-License-Identifier: MIT */
/* Drawing over one line: ECMA-48 8.3.41 (erase in line). */
#include "cmd/status_line.h"

#include "cli/options.h"
#include "cmd/session.h"

#include <stdio.h>

struct status_line
status_line_open(const struct session *session)
{
	return (struct status_line){
		.on = session->terminal.err_is_terminal &&
		      !session->terminal.plain && !session->options->quiet,
	};
}

void
status_line_show(struct status_line *line, struct str text)
{
	if (line->on) {
		(void)fprintf(stderr, "\r\033[K%.*s", STR_ARG(text));
		(void)fflush(stderr);
		line->shown = true;
	}
}

void
status_line_hide(struct status_line *line)
{
	if (line->shown) {
		(void)fputs("\r\033[K", stderr);
		(void)fflush(stderr);
		line->shown = false;
	}
}
