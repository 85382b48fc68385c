/* SPDX-License-Identifier: MIT */
/*
 * For Nagios, Icinga and their kin: "IVYCHECK STATE: text | performance data"
 * in the first line, whose text stays below 80 characters; one line a finding
 * below it. The bar parts text from data, so none is left in the text.
 */
#include "report/edition.h"
#include "report/format.h"
#include "report/nagios.h"
#include "report/report.h"
#include "report/shown.h"

#include "base/arena.h"

#include <assert.h>

static const char *const STATES[] = {
	[NAGIOS_OK] = "OK",
	[NAGIOS_WARNING] = "WARNING",
	[NAGIOS_CRITICAL] = "CRITICAL",
	[NAGIOS_UNKNOWN] = "UNKNOWN",
};

/** How many there are of what is counted. */
struct counts {
	size_t right;
	size_t judged;
	size_t errors;
	size_t warnings;
};

/** What is known of all domains so far. */
struct gathering {
	struct arena *arena;
	const struct manner *manner;
	enum nagios_state worst;
	size_t domains;
	size_t states[NAGIOS_UNKNOWN + 1];
	struct counts counts;
	uint64_t elapsed_ms;
	unsigned lookups; /* of the one domain; has_spf says if */
	bool has_spf;
	struct str domain; /* the last one */
	struct buf lines;  /* what comes below the first line */
};

static struct counts
counts_of(const struct report *report)
{
	struct counts counts = { 0 };
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		counts.right += record->status == STATUS_OK;
		counts.judged += record->status != STATUS_NOT_CHECKED;
	}
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		counts.errors += finding->severity == SEVERITY_ERROR;
		counts.warnings += finding->severity == SEVERITY_WARNING;
	}
	return counts;
}

/** Of what needs a change: errors that are allowed are still a warning. */
static enum nagios_state
state_of_action(const struct counts *counts, const struct nagios_limits *limits)
{
	if (counts->errors == 0) {
		return NAGIOS_WARNING;
	}
	return limits && limits->errors.text.len > 0 &&
		       !nagios_range_alerts(&limits->errors, counts->errors)
		   ? NAGIOS_WARNING
		   : NAGIOS_CRITICAL;
}

enum nagios_state
nagios_state(const struct report *report, const struct nagios_limits *limits)
{
	const struct counts counts = counts_of(report);
	switch (report->verdict) {
	case VERDICT_READY:
		break;
	case VERDICT_PROPAGATING:
		return NAGIOS_WARNING;
	case VERDICT_UNKNOWN:
		return NAGIOS_UNKNOWN;
	case VERDICT_ACTION_NEEDED:
		return state_of_action(&counts, limits);
	}
	return limits && limits->warnings.text.len > 0 &&
		       nagios_range_alerts(&limits->warnings, counts.warnings)
		   ? NAGIOS_WARNING
		   : NAGIOS_OK;
}

/*
 * The states' numbers are exit codes, not an order: by them an UNKNOWN (3)
 * would hide a CRITICAL (2).
 */
enum nagios_state
nagios_worst(enum nagios_state a, enum nagios_state b)
{
	static const int ranks[] = {
		[NAGIOS_OK] = 0,
		[NAGIOS_UNKNOWN] = 1,
		[NAGIOS_WARNING] = 2,
		[NAGIOS_CRITICAL] = 3,
	};
	return ranks[a] >= ranks[b] ? a : b;
}

/** Adds *text*, which is printable, without bars. */
static void
add_text(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '|') {
			buf_adds(to, "\\124");
		} else {
			buf_addc(to, text.at[i]);
		}
	}
}

/** A line below the first: what is wrong, and with -v what was seen. */
static void
add_finding(struct gathering *gathering, const struct report_finding *finding)
{
	struct buf *to = &gathering->lines;
	if (finding->severity == SEVERITY_INFO &&
	    gathering->manner->verbosity < 1) {
		return;
	}
	buf_addf(to, "  %s ", severity_text(finding->severity));
	add_text(to, finding->code);
	buf_adds(to, ": ");
	add_text(to, finding->title);
	buf_addc(to, '\n');
	const struct evidence *seen;
	vec_foreach(seen, &finding->finding->evidence) {
		if (gathering->manner->verbosity < 1) {
			break;
		}
		buf_adds(to, "    ");
		add_text(to, name_text(gathering->arena, seen->name));
		buf_adds(to, " = ");
		add_text(to,
		    shown_value(gathering->arena, gathering->manner->patterns,
			seen->type, seen->value));
		buf_addc(to, '\n');
	}
}

static void
add_domain(struct gathering *gathering, const struct report *report,
    enum nagios_state state)
{
	struct buf *to = &gathering->lines;
	if (gathering->manner->quiet && state == NAGIOS_OK) {
		return;
	}
	buf_addf(to, "%s: ", STATES[state]);
	add_text(to, report->domain);
	buf_adds(to, ": ");
	add_text(to, report->summary);
	buf_addc(to, '\n');
	const struct report_finding *finding;
	vec_foreach(finding, &report->findings) {
		add_finding(gathering, finding);
	}
}

static void *
gathering_open(struct arena *arena, const struct manner *manner)
{
	struct gathering *gathering = ARENA_NEW(arena, struct gathering);
	gathering->arena = arena;
	gathering->manner = manner;
	gathering->lines = buf_new(arena);
	return gathering;
}

static void
gathering_add(void *state, const struct report *report)
{
	struct gathering *gathering = state;
	const struct counts counts = counts_of(report);
	const enum nagios_state own =
	    nagios_state(report, gathering->manner->limits);
	gathering->worst = nagios_worst(gathering->worst, own);
	gathering->states[own]++;
	gathering->domains++;
	gathering->counts.right += counts.right;
	gathering->counts.judged += counts.judged;
	gathering->counts.errors += counts.errors;
	gathering->counts.warnings += counts.warnings;
	gathering->elapsed_ms += report->elapsed_ms;
	gathering->has_spf = report->spf.has_record;
	gathering->lookups = report->spf.lookups;
	gathering->domain = str_copy(gathering->arena, report->domain);
	add_domain(gathering, report, own);
}

/**
 * Adds *domain*, or its end if there is no *room* for all of it. The end tells
 * more than the beginning: pagers show one line, and names of one company
 * begin alike.
 */
static void
add_short(struct buf *to, struct str domain, size_t room)
{
	assert(room > 3);
	if (domain.len > room) {
		buf_adds(to, "...");
		domain = str_from(domain, domain.len - (room - 3));
	}
	add_text(to, domain);
}

/** The text of the first line. */
static struct str
headline(const struct gathering *gathering)
{
	struct arena *arena = gathering->arena;
	struct buf line = buf_new(arena);
	buf_addf(&line, "IVYCHECK %s: ", STATES[gathering->worst]);
	if (gathering->domains != 1) {
		buf_addf(&line,
		    "%zu domains, %zu critical, %zu warning, "
		    "%zu unknown",
		    gathering->domains, gathering->states[NAGIOS_CRITICAL],
		    gathering->states[NAGIOS_WARNING],
		    gathering->states[NAGIOS_UNKNOWN]);
		return buf_str(&line);
	}
	const struct str rest = str_print(arena, " %zu/%zu records right",
	    gathering->counts.right, gathering->counts.judged);
	add_short(
	    &line, gathering->domain, NAGIOS_FIRST_LINE - line.len - rest.len);
	buf_add(&line, rest);
	return buf_str(&line);
}

/**
 * What is graphed: labels of our own, numbers in the C locale.
 * 'label'=value;warn;crit;min;max, as the guidelines have it. SPF warns at 8
 * of its 10 lookups (RFC 7208 4.6.4): a provider can add one at any time.
 */
static void
add_performance(const struct gathering *gathering, struct buf *to)
{
	const struct counts *counts = &gathering->counts;
	const struct nagios_limits *limits = gathering->manner->limits;
	const struct str warning = limits ? limits->warnings.text : STR("0");
	const struct str critical = limits ? limits->errors.text : STR("0");
	buf_addf(to, " | 'errors'=%zu;;%.*s;0 'warnings'=%zu;%.*s;;0 ",
	    counts->errors, STR_ARG(critical), counts->warnings,
	    STR_ARG(warning));
	buf_addf(to, "'right'=%zu;;;0;%zu ", counts->right, counts->judged);
	if (gathering->domains == 1 && gathering->has_spf) {
		buf_addf(to, "'spf_lookups'=%u;8;10;0 ", gathering->lookups);
	}
	if (gathering->domains != 1) {
		buf_addf(to, "'domains'=%zu;;;0 'ready'=%zu;;;0;%zu ",
		    gathering->domains, gathering->states[NAGIOS_OK],
		    gathering->domains);
	}
	buf_addf(to, "'time'=%llu.%03llus;;;0\n",
	    (unsigned long long)(gathering->elapsed_ms / 1000),
	    (unsigned long long)(gathering->elapsed_ms % 1000));
}

static void
gathering_close(void *state, struct buf *to)
{
	struct gathering *gathering = state;
	const struct str line = headline(gathering);
	assert(line.len <= NAGIOS_FIRST_LINE || gathering->domains != 1);
	buf_add(to, line);
	add_performance(gathering, to);
	buf_add(to, buf_str(&gathering->lines));
}

const struct gatherer gather_nagios = {
	.open = gathering_open,
	.add = gathering_add,
	.close = gathering_close,
};

void
render_nagios(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	gather_one(&gather_nagios, report, manner, to);
}
