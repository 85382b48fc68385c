/* SPDX-License-Identifier: MIT */
/*
 * The main job: examine domains, all at the same time, and report on them in
 * the order in which they were named.
 */
#include "base/arena.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/asking.h"
#include "cmd/command.h"
#include "cmd/memory.h"
#include "cmd/session.h"
#include "cmd/visit.h"
#include "dns/domain.h"
#include "report/edition.h"
#include "report/report.h"
#include "source/source.h"

#include <assert.h>

/** The domains of one call. */
struct round {
	struct session *session;
	struct asked *asked;
	struct visit *visits;
	size_t len;
	size_t told; /* reports; fewer with -q and --only-changes */
	struct manner manner;
	struct edition *edition; /* all reports as one output */
};

static bool
visit_add(struct round *round, struct str typed, struct err *reterr)
{
	struct visit *visit = &round->visits[round->len++];
	struct domain domain = { 0 };
	*visit =
	    (struct visit){ .session = round->session, .asked = round->asked };
	if (typed.len > 0 &&
	    !domain_read(round->session->arena, typed, &domain, reterr)) {
		return false;
	}
	visit->typed = domain.input;
	return visit_open(visit, domain.name, VIEW_BOTH, reterr);
}

/** The domains that were named, on the command line or in what is read. */
static bool
visits_open(struct round *round, struct err *reterr)
{
	const struct words *named = &round->session->options->arguments;
	if (named->len == 0) {
		named = &round->asked->domains;
	}
	round->visits =
	    ARENA_ARRAY(round->session->arena, struct visit, named->len + 1);
	const struct str *typed;
	vec_foreach(typed, named) {
		if (!visit_add(round, *typed, reterr)) {
			return false;
		}
	}
	if (named->len > 0) {
		return true;
	}
	if (round->session->options->expect.len == 0) {
		(void)err_set(reterr, ERR_USAGE, "which domain?");
		return err_hint(reterr, "Try: ivycheck yourdomain.com");
	}
	return visit_add(round, (struct str){ 0 }, reterr);
}

/** True when every examination is through. */
static bool
visits_advance(struct round *round)
{
	bool through = true;
	for (size_t i = 0; i < round->len; i++) {
		through = visit_advance(&round->visits[i]) && through;
	}
	return through;
}

static void
visits_run(struct round *round)
{
	for (size_t i = 0; i < round->len; i++) {
		visit_begin(&round->visits[i]);
	}
	while (!visits_advance(round)) {
		const bool stepped = source_step(round->asked->source);
		assert(stepped);
	}
}

/** Tells one report, or leaves it to the end of all. */
static enum exit_code
visit_tell(struct round *round, struct visit *visit)
{
	struct session *session = round->session;
	struct buf to = buf_new(visit->arena);
	struct err err = { 0 };
	const struct report *report = visit_report(visit);
	buf_adds(&to, "");
	if (memory_tells(session, report)) {
		edition_add(round->edition, report, &to);
		round->told++;
	}
	asking_keep_outcome(session, round->asked, visit->expect.domain,
	    examination_outcome(visit->examination));
	if (!session_write(session, buf_str(&to), &err)) {
		return session_fail(session, &err);
	}
	return visit_exit(session, report);
}

/** Tells what could only be told when all reports were there. */
static bool
round_end(struct round *round, struct err *reterr)
{
	struct buf to = buf_new(round->session->arena);
	buf_adds(&to, "");
	if (memory_tells_end(round->session, round->told)) {
		edition_close(round->edition, &to);
	}
	return session_write(round->session, buf_str(&to), reterr);
}

static enum exit_code
round_run(struct round *round)
{
	struct session *session = round->session;
	enum exit_code code = EXIT_READY;
	struct err err = { 0 };
	if (!visits_open(round, &err)) {
		return session_fail(session, &err);
	}
	round->manner = session->manner;
	round->manner.compact = round->manner.compact || round->len > 1;
	round->edition =
	    edition_open(session->arena, session->format, &round->manner);
	visits_run(round);
	for (size_t i = 0; i < round->len; i++) {
		code = visit_exit_worst(
		    session, code, visit_tell(round, &round->visits[i]));
	}
	return round_end(round, &err) ? code : session_fail(session, &err);
}

enum exit_code
cmd_check(struct session *session)
{
	struct asked asked;
	struct err err = { 0 };
	if (!asking_open(session, &asked, &err)) {
		return session_fail(session, &err);
	}
	if (!memory_open(session, &err)) {
		(void)asking_close(session, &asked, &(struct err){ 0 });
		return session_fail(session, &err);
	}
	struct round round = { .session = session, .asked = &asked };
	enum exit_code code = round_run(&round);
	for (size_t i = 0; i < round.len; i++) {
		visit_end(&round.visits[i]);
	}
	/* What --save keeps lies in the visits' memory. */
	if (!asking_close(session, &asked, &err)) {
		code = session_fail(session, &err);
	}
	for (size_t i = 0; i < round.len; i++) {
		visit_close(&round.visits[i]);
	}
	return code;
}
