/* SPDX-License-Identifier: MIT */
/* What every command shares. */
#include "cmd/session.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/message.h"
#include "cmd/output.h"
#include "expect/expect.h"
#include "report/nagios.h"
#include "text/patterns.h"

#include <assert.h>

#include <fcntl.h>
#include <unistd.h>

/**
 * Fills the places of stdin, stdout and stderr that are closed, so that no
 * socket or file gets there. Using such a one still fails: it is opened the
 * wrong way round.
 */
static void
descriptors_hold(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		const int flags = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
		if (fcntl(fd, F_GETFD) < 0) {
			/* It gets the lowest free number: this one. */
			(void)open("/dev/null", flags);
		}
	}
}

void
session_begin(
    struct session *session, const struct options *options, struct stop *stop)
{
	const int64_t era = clock_era();
	assert(session && options && stop);
	descriptors_hold();
	*session = (struct session){
		.arena = arena_new(),
		.options = options,
		.patterns = patterns_new(),
		.era = era,
		.now = clock_in_era(era) / CLOCK_SECOND,
		.terminal = terminal_read(),
		.stop = stop,
	};
}

static bool
range_read(struct str text, const char *option, struct nagios_range *ret,
    struct err *reterr)
{
	if (text.len == 0 || nagios_range_parse(text, ret)) {
		return true;
	}
	(void)err_set(reterr, ERR_USAGE, "\"%.*s\" (%s) is not a range",
	    STR_ARG(text), option);
	return err_hint(reterr, "Ranges are like 0, 5:10, 3:, ~:3 or @5:10.");
}

/** The thresholds of a plugin. */
static bool
limits_read(struct session *session, struct err *reterr)
{
	const struct options *options = session->options;
	if (!options->plugin) {
		return true;
	}
	struct nagios_limits *limits =
	    ARENA_NEW(session->arena, struct nagios_limits);
	limits->errors.text = STR("0");
	session->manner.limits = limits;
	return range_read(options->warning, "-w", &limits->warnings, reterr) &&
	       range_read(options->critical, "-c", &limits->errors, reterr);
}

/** Colours only where a person sees them, unless they are asked for. */
static bool
wants_color(const struct session *session)
{
	const struct options *options = session->options;
	if (options->color == OPTION_COLOR_ALWAYS) {
		return true;
	}
	return options->color != OPTION_COLOR_NEVER &&
	       session->terminal.out_is_terminal && !session->terminal.plain &&
	       options->output.len == 0;
}

static struct manner
manner_of(const struct session *session)
{
	const struct options *options = session->options;
	return (struct manner){
		.patterns = session->patterns,
		.color = wants_color(session),
		.ascii = options->ascii || !session->terminal.utf8,
		.quiet = options->quiet,
		.verbosity = (int)options->verbose,
		.width = session->terminal.width,
	};
}

static bool
has_own_formats(const struct options *options)
{
	return options->command != COMMANDS &&
	       *command_row(options->command)->formats != '\0';
}

/** The format of reports; a command with formats of its own knows better. */
static bool
format_choose(struct session *session, struct err *reterr)
{
	static const char *const names[] = {
#define FORMAT(constant, name, function) [FORMAT_##constant] = (name),
#include "report/formats.def"
#undef FORMAT
	};
	const struct str wanted = session->options->format;
	session->format = FORMAT_TEXT;
	if (wanted.len == 0 || format_parse(wanted, &session->format) ||
	    has_own_formats(session->options)) {
		return true;
	}
	struct buf list = buf_new(session->arena);
	for (int i = 0; i < FORMATS; i++) {
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	}
	(void)err_set(
	    reterr, ERR_USAGE, "there is no format \"%.*s\"", STR_ARG(wanted));
	return err_hint(reterr, "There are: %s.", list.at);
}

bool
session_open(struct session *session, struct err *reterr)
{
	const struct options *options = session->options;
	const bool tells_itself = options->help || options->version;
	assert(session->arena && !session->output);
	session->manner = manner_of(session);
	return limits_read(session, reterr) && format_choose(session, reterr) &&
	       output_open(session->arena,
		   tells_itself ? STR("") : options->output, &session->output,
		   reterr) &&
	       /* The exporter that reads it is another user. */
	       (session->format != FORMAT_PROMETHEUS ||
		   output_share(session->output, reterr));
}

void
session_close(struct session *session)
{
	output_close(&session->output);
	patterns_free(&session->patterns);
	arena_free(&session->arena);
}

bool
session_write(struct session *session, struct str text, struct err *reterr)
{
	assert(session->output);
	return output_write(session->output, text, reterr);
}

bool
session_complete(struct session *session, struct err *reterr)
{
	return session->failed || output_complete(session->output, reterr);
}

static struct expect_flags
flags_of(const struct options *options)
{
	struct expect_flags flags = {
		.token = options->token,
		.dkim_tokens_len = options->dkim_tokens.len,
		.region = options->region,
		.mail_from_domain = options->mail_from_domain,
		.only = options->only,
	};
	assert(flags.dkim_tokens_len <= DKIM_RECORDS);
	for (size_t i = 0; i < flags.dkim_tokens_len; i++) {
		flags.dkim_tokens[i] = options->dkim_tokens.at[i];
	}
	return flags;
}

static bool
expected_read(struct session *session, struct err *reterr)
{
	const struct str path = session->options->expect;
	if (session->has_expected || path.len == 0) {
		return true;
	}
	session->has_expected = file_read(
	    session->arena, path, EXPECT_MAX_FILE, &session->expected, reterr);
	return session->has_expected;
}

/** The list of --expect, in *arena*; NULL without --expect. */
static bool
list_read(struct session *session, struct arena *arena,
    struct expect_list **ret, struct err *reterr)
{
	*ret = NULL;
	if (!expected_read(session, reterr)) {
		return false;
	}
	const struct expect_file file = {
		.name = message_safe(arena, session->patterns,
		    file_shown(session->options->expect)),
		.content = session->expected,
	};
	return !session->has_expected || expect_read(arena, &file, ret, reterr);
}

/** Makes the expectation out of *list* (which may be NULL) and the options. */
static bool
expect_make(const struct session *session, struct arena *arena,
    struct expect_parts parts, struct expect *ret, struct err *reterr)
{
	const struct expect_flags flags = flags_of(session->options);
	parts.flags = &flags;
	if (!name_is_set(parts.domain) && parts.list) {
		parts.domain = expect_list_domain(parts.list);
	}
	if (!name_is_set(parts.domain)) {
		(void)err_set(reterr, ERR_USAGE,
		    "no domain is given, and the list of records names none");
		return err_hint(reterr, "Give the domain: ivycheck DOMAIN");
	}
	return expect_build(arena, &parts, ret, reterr);
}

bool
session_expect(struct session *session, struct arena *arena, struct name domain,
    struct expect *ret_expect, struct err *reterr)
{
	struct expect_list *list = NULL;
	if (!list_read(session, arena, &list, reterr)) {
		return false;
	}
	const struct expect_parts parts = { .domain = domain, .list = list };
	return expect_make(session, arena, parts, ret_expect, reterr);
}

bool
session_expect_line(struct session *session, struct arena *arena,
    struct str line, struct expect *ret_expect, struct err *reterr)
{
	const struct expect_file file = {
		.name = STR("the object"),
		.content = line,
		.is_line = true,
	};
	struct expect_list *list = NULL;
	if (!expect_read(arena, &file, &list, reterr)) {
		return false;
	}
	const struct expect_parts parts = { .list = list };
	return expect_make(session, arena, parts, ret_expect, reterr);
}

int
session_is_stopped(const struct session *session)
{
	if (session->output && output_is_gone(session->output)) {
		return SIGPIPE;
	}
	return session->stop->number;
}
