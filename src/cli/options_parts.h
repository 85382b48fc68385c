/* SPDX-License-Identifier: MIT */
/* What the files that read the command line share. For cli/ alone. */
#ifndef CLI_OPTIONS_PARTS_H
#define CLI_OPTIONS_PARTS_H

#include "base/err.h"
#include "base/str.h"
#include "cli/options.h"

#include <stdbool.h>

struct arena;

/** The command line while it is read. */
struct parser {
	struct arena *arena;
	struct options *options;
	bool given[OPTIONS];
	struct err *reterr;
};

/** Gives *option* the value *text*; false if it cannot have it. */
bool option_set(struct parser *parser, enum option_id option, struct str text);

/** The option as messages name it: "--zone", "-4". In the arena. */
struct str option_shown(struct arena *arena, enum option_id option);

/**
 * Looks at all that was given together: what contradicts itself, what the
 * command does not take, and whether its arguments are as many as it wants.
 */
bool options_agree(struct parser *parser);

#endif
