/* SPDX-License-Identifier: MIT */
/* Which command it is, and what is the same before and after all of them. */
#include "cmd/command.h"

#include "base/err.h"
#include "cli/options.h"
#include "cmd/help.h"
#include "cmd/memory.h"
#include "cmd/session.h"

#include <assert.h>

static command_fn *const FUNCTIONS[] = {
#define COMMAND(                                                        \
    constant, name, function, least, most, formats, arguments, summary) \
	[COMMAND_##constant] = (function),
#include "cli/commands.def"
#undef COMMAND
};

static enum exit_code
run(struct session *session)
{
	const struct options *options = session->options;
	if (options->version) {
		return options->plugin ? help_plugin_version(session)
				       : help_version(session);
	}
	if (options->help) {
		return options->plugin ? help_plugin(session)
				       : help_options(session);
	}
	if (options->command == COMMANDS) {
		return help_usage(session);
	}
	assert((unsigned)options->command < COMMANDS);
	return FUNCTIONS[options->command](session);
}

enum exit_code
command_run(struct session *session)
{
	struct err err = { 0 };
	const enum exit_code code = run(session);
	if (!session_complete(session, &err)) {
		return session_fail(session, &err);
	}
	/* What was not written must not be remembered as told. */
	if (!memory_keep(session, &err)) {
		return session_fail(session, &err);
	}
	return code;
}
