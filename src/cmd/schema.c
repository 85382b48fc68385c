/* SPDX-License-Identifier: MIT */
/* ivycheck schema [NAME]: the JSON Schemas that are installed, too. */
#include "base/arena.h"
#include "base/err.h"
#include "cli/near.h"
#include "cli/options.h"
#include "cmd/command.h"
#include "cmd/embedded.h"
#include "cmd/session.h"

static enum exit_code
fail_name(struct session *session, struct str wanted)
{
	static const char *const names[] = { "report", "expect", "spf", "dmarc",
		"dkim", "explain", "records" };
	struct err err = { 0 };
	(void)err_set(
	    &err, ERR_USAGE, "there is no schema \"%.*s\"", STR_ARG(wanted));
	(void)err_hint(&err,
	    "There are: report, expect, spf, dmarc, dkim, explain, "
	    "records.");
	near_hint(session->arena, &err, wanted, names,
	    sizeof(names) / sizeof(*names));
	return session_fail(session, &err);
}

enum exit_code
cmd_schema(struct session *session)
{
	const struct words *arguments = &session->options->arguments;
	const struct str wanted =
	    arguments->len > 0 ? arguments->at[0] : STR("report");
	struct str schema = { 0 };
	struct err err = { 0 };
	const struct str file =
	    str_print(session->arena, "%.*s.json", STR_ARG(wanted));
	if (!embedded_find(STR("schema"), file, &schema)) {
		return fail_name(session, wanted);
	}
	if (!session_write(session, schema, &err)) {
		return session_fail(session, &err);
	}
	return EXIT_READY;
}
