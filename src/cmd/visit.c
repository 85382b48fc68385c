/* SPDX-License-Identifier: MIT */
/* From the options to an order, and from the outcome to a report. */
#include "cmd/visit.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "cli/options.h"
#include "cmd/asking.h"
#include "cmd/memory.h"
#include "cmd/session.h"
#include "report/assemble.h"
#include "report/nagios.h"
#include "report/report.h"
#include "source/source.h"

#include <assert.h>

/** Fills in the order, once it is known what is expected. */
static bool
order_fill(struct visit *visit, enum view otherwise, struct err *reterr)
{
	struct session *session = visit->session;
	const unsigned status = session->options->status;
	visit->order = (struct order){
		.expect = &visit->expect,
		.patterns = session->patterns,
		.offline = visit->asked->offline,
		.now = session->now,
		.shared = visit->asked->shared,
		.patient = visit->asked->shared != NULL,
		.shown_as_pending = status == OPTION_STATUS_PENDING ||
				    status == OPTION_STATUS_FAILED,
	};
	return asking_sides(session, otherwise, &visit->order.sides, reterr) &&
	       asking_policy(session, &visit->order.policy, reterr);
}

bool
visit_open(struct visit *visit, struct name domain, enum view otherwise,
    struct err *reterr)
{
	if (!visit->arena) {
		visit->arena = arena_new();
	}
	return session_expect(visit->session, visit->arena, domain,
		   &visit->expect, reterr) &&
	       order_fill(visit, otherwise, reterr);
}

bool
visit_open_line(struct visit *visit, struct str line, enum view otherwise,
    struct err *reterr)
{
	if (!visit->arena) {
		visit->arena = arena_new();
	}
	return session_expect_line(visit->session, visit->arena, line,
		   &visit->expect, reterr) &&
	       order_fill(visit, otherwise, reterr);
}

void
visit_begin(struct visit *visit)
{
	assert(!visit->examination);
	visit->begun = clock_monotonic();
	visit->examination =
	    examination_open(visit->arena, visit->asked->source, &visit->order);
}

bool
visit_advance(struct visit *visit)
{
	/* Of a fleet's window hardly any has got an answer in one step. */
	if (!visit->done && examination_is_due(visit->examination)) {
		visit->done = examination_advance(visit->examination);
	}
	return visit->done;
}

void
visit_spend(struct visit *visit, int64_t passed)
{
	const int64_t most = visit->session->options->deadline;
	assert(most > 0 && visit->examination);
	if (visit->done || visit->spent >= most ||
	    !examination_is_out(visit->examination)) {
		return;
	}
	visit->spent += passed;
	if (visit->spent >= most) {
		examination_give_up(visit->examination);
	}
}

struct report *
visit_report(struct visit *visit)
{
	const int64_t elapsed = clock_monotonic() - visit->begun;
	struct run_facts facts =
	    asking_facts(visit->session, visit->arena, visit->asked);
	facts.input = visit->typed;
	facts.every_question = visit->session->manner.verbosity > 1;
	facts.elapsed_ms = (uint64_t)elapsed / 1000;
	assert(visit->done);
	struct report *report = assemble(
	    visit->arena, examination_outcome(visit->examination), &facts);
	memory_compare(visit->session, visit->arena, report);
	return report;
}

void
visit_end(struct visit *visit)
{
	if (visit->examination) {
		examination_close(visit->examination);
		visit->examination = NULL;
	}
}

void
visit_close(struct visit *visit)
{
	visit_end(visit);
	arena_free(&visit->arena);
}

enum exit_code
visit_exit(const struct session *session, const struct report *report)
{
	static const enum exit_code codes[] = {
		[VERDICT_READY] = EXIT_READY,
		[VERDICT_ACTION_NEEDED] = EXIT_ACTION,
		[VERDICT_PROPAGATING] = EXIT_PROPAGATING,
		[VERDICT_UNKNOWN] = EXIT_UNKNOWN,
	};
	if (session->options->only_changes && !memory_tells(session, report)) {
		return EXIT_READY;
	}
	if (session->format == FORMAT_NAGIOS) {
		return (enum exit_code)nagios_state(
		    report, session->manner.limits);
	}
	return codes[report->verdict];
}

enum exit_code
visit_exit_worst(
    const struct session *session, enum exit_code a, enum exit_code b)
{
	if (session->format == FORMAT_NAGIOS) {
		return (enum exit_code)nagios_worst(
		    (enum nagios_state)a, (enum nagios_state)b);
	}
	return exit_worst(a, b);
}
