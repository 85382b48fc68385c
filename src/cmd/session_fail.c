/* SPDX-License-Identifier: MIT */
/* What goes wrong, told as text, as JSON, or as monitoring plugins do. */
#include "base/buf.h"
#include "base/err.h"
#include "base/jsonout.h"
#include "cli/options.h"
#include "cmd/message.h"
#include "cmd/output.h"
#include "cmd/session.h"
#include "report/nagios.h"
#include "text/utf8.h"

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

/** As many whole characters of *text* as *room* bytes hold. */
static struct str
beginning(struct str text, size_t room)
{
	struct utf8_char character;
	size_t at = 0;
	size_t end = 0;
	while (utf8_next(text, &at, &character) && character.to <= room) {
		end = character.to;
	}
	return str_slice(text, 0, end);
}

/**
 * Monitors read stdout alone, "|" begins what is measured, and the first line
 * must fit on a pager: what is longer stands below it too, whole.
 */
static void
fail_nagios(const struct session *session, const struct err *err)
{
	const struct str safe =
	    message_safe(session->arena, session->patterns, str_of(err->text));
	struct buf to = buf_new(session->arena);
	buf_adds(&to, "IVYCHECK UNKNOWN: ");
	const size_t room = NAGIOS_FIRST_LINE - to.len;
	struct buf text = buf_new(session->arena);
	for (size_t i = 0; i < safe.len; i++) {
		const char c = safe.at[i];
		buf_addc(&text, (char)(c == '|' ? '/' : c));
	}
	if (text.len > room) {
		buf_add(&to, beginning(buf_str(&text), room - 3));
		buf_adds(&to, "...\n");
	}
	buf_add(&to, buf_str(&text));
	buf_addc(&to, '\n');
	const ssize_t len = write(STDOUT_FILENO, to.at, to.len);
	if (len != (ssize_t)to.len) {
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
