/* SPDX-License-Identifier: MIT */
/*
 * ivycheck: would IvyMail verify this domain now, and if not, exactly why,
 * and what is to be changed?
 *
 * The map of the program, in the order in which data flows:
 *
 *	cli/options    the command line, read by the tables options.def and
 *	               commands.def
 *	cmd/session    memory, time, terminal and output, for every command
 *	cmd/command    finds the command; each is a file cmd/NAME.c
 *	expect/        what should be published: the API's response, a list, a
 *	               zone file, options
 *	cmd/asking     whom to ask: opens one of these sources
 *	  net/         live servers, without blocking (libevent)
 *	  source/      zone files, saved answers, a plan laid over answers
 *	  dns/         names, records, questions, answers; wire and zone files
 *	               (ldns)
 *	look/          "ask, or come again": runs what judges over a ledger of
 *	               answers until nothing is missing
 *	walks/         what takes several questions: SPF with its includes, the
 *	               DMARC tree, the zone and its servers
 *	mail/          the text of one record: SPF, DMARC, DKIM keys
 *	text/          patterns (PCRE2), escaping, near misses
 *	checks/        is a record right? One file a family
 *	diagnosis/     why is it not, what is to be changed, and is it ready
 *	               then? One file a cause
 *	findings/      everything that can be said: catalog.def
 *	report/        the finished report, and one file a format
 *	base/          memory, text, time, errors: under all of it
 *
 * A check runs through it as follows: cmd/check.c makes an order out of the
 * options; diagnosis/examine.c carries it out; report/assemble.c puts it in
 * words; report/render_*.c writes it; the verdict is the exit code.
 */
#include "base/err.h"
#include "cli/options.h"
#include "cli/plugin.h"
#include "cmd/command.h"
#include "cmd/session.h"

#include <errno.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* The one variable that a signal can reach. */
static struct stop stop = { .descriptor = -1, .waking = -1 };

static void
on_signal(int number)
{
	const int error = errno;
	struct source *source = stop.source;
	stop.number = number;
	if (source) {
		stop.end(source);
	}
	if (write(stop.waking, "", 1) < 0) {
		/* The pipe is full: whoever waits for it is awake. */
	}
	errno = error;
}

/**
 * From now on a signal stops what is under way, so that what is known is
 * told; a second one ends the program at once. What nohup or a shell chose
 * to ignore stays ignored.
 */
static void
stop_on_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	int ends[2];
	if (pipe(ends) == 0) {
		stop.descriptor = ends[0];
		stop.waking = ends[1];
		for (int i = 0; i < 2; i++) {
			(void)fcntl(ends[i], F_SETFD, FD_CLOEXEC);
			(void)fcntl(ends[i], F_SETFL, O_NONBLOCK);
		}
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct sigaction action = { .sa_flags = (int)SA_RESETHAND };
		struct sigaction old;
		action.sa_handler = on_signal;
		if (sigaction(numbers[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN) {
			(void)sigaction(numbers[i], &action, NULL);
		}
	}
	/* A write that fails says so itself, and what was begun is removed. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
}

int
main(int argc, char **argv)
{
	struct options options = { .command = COMMANDS };
	struct session session;
	struct err err = { 0 };
	enum exit_code code;
	const bool as_plugin = argc > 0 && plugin_is_called(argv[0]);
	session_begin(&session, &options, &stop);
	stop_on_signals();
	if ((as_plugin ? plugin_parse : options_parse)(
		session.arena, argc, argv, &options, &err) &&
	    session_open(&session, &err)) {
		code = command_run(&session);
	} else {
		code = session_fail(&session, &err);
	}
	const int number = session_is_stopped(&session);
	session_close(&session);
	if (number != 0) {
		/* To the caller it looks as if nothing had been caught. */
		(void)signal(number, SIG_DFL);
		(void)raise(number);
	}
	return (int)code;
}
