/* SPDX-License-Identifier: MIT */
/* What goes wrong, told as text, as JSON, or as monitoring plugins do. */
#include "base/buf.h"
#include "base/err.h"
#include "base/jsonout.h"
#include "cli/options.h"
#include "cmd/message.h"
#include "cmd/output.h"
#include "cmd/session.h"

#include <assert.h>

#include <unistd.h>

/** The error as one JSON object on a line. */
static void
fail_json(const struct session *session, const struct err *err)
{
	struct buf to = buf_new(session->arena);
	struct jsonout json = jsonout_new(&to, true);
	const struct str text =
	    message_safe(session->arena, session->patterns, str_of(err->text));
	const struct str hint =
	    message_safe(session->arena, session->patterns, str_of(err->hint));
	jsonout_object(&json);
	jsonout_key(&json, "error");
	jsonout_object(&json);
	jsonout_key(&json, "code");
	jsonout_text(&json, str_of(err_code_text(err->code)));
	jsonout_key(&json, "message");
	jsonout_text(&json, text);
	jsonout_key(&json, "hint");
	jsonout_text_or_null(&json, hint);
	jsonout_end_object(&json);
	jsonout_end_object(&json);
	buf_addc(&to, '\n');
	message_write(buf_str(&to));
}

/** "ivycheck: *text*", safe to print. */
static struct str
said(const struct session *session, struct str text)
{
	const struct str safe =
	    message_safe(session->arena, session->patterns, text);
	return str_print(session->arena, "ivycheck: %.*s\n", STR_ARG(safe));
}

static void
fail_text(const struct session *session, const struct err *err)
{
	message_write(said(session, str_of(err->text)));
	if (*err->hint) {
		message_write(said(session, str_of(err->hint)));
	}
}

/** Monitors read stdout alone, and "|" begins what is measured. */
static void
fail_nagios(const struct session *session, const struct err *err)
{
	const struct str safe =
	    message_safe(session->arena, session->patterns, str_of(err->text));
	struct buf line = buf_new(session->arena);
	buf_adds(&line, "IVYCHECK UNKNOWN: ");
	for (size_t i = 0; i < safe.len; i++) {
		const char c = safe.at[i];
		buf_addc(&line, (char)(c == '|' ? '/' : c));
	}
	buf_addc(&line, '\n');
	const ssize_t len = write(STDOUT_FILENO, line.at, line.len);
	if (len != (ssize_t)line.len) {
		fail_text(session, err);
	}
}

enum exit_code
session_fail(struct session *session, const struct err *err)
{
	const struct str format = session->options->format;
	assert(err->code != ERR_NONE);
	session->failed = true;
	if (session->output && output_is_gone(session->output)) {
		return EXIT_USAGE;
	}
	if (str_eq(format, STR("nagios"))) {
		fail_nagios(session, err);
		return EXIT_UNKNOWN;
	}
	if (str_eq(format, STR("json"))) {
		fail_json(session, err);
	} else {
		fail_text(session, err);
	}
	return EXIT_USAGE;
}

void
session_warn(const struct session *session, struct str sentence)
{
	message_write(said(session, sentence));
}

void
session_note(const struct session *session, struct str sentence)
{
	if (!session->options->quiet) {
		session_warn(session, sentence);
	}
}
