/* SPDX-License-Identifier: MIT */
/*
 * For Prometheus by way of node_exporter's textfile collector: text format
 * 0.0.4. All samples of a metric stand together after its HELP and TYPE, so
 * every metric has a text of its own until the end. Labels are domains,
 * records and our own words, never what DNS says.
 */
#include "report/edition.h"
#include "report/format.h"
#include "report/report.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

enum metric {
#define METRIC(constant, name, help) METRIC_##constant,
#include "report/metrics.def"
#undef METRIC
	METRICS, /* how many there are */
};

struct metric_row {
	const char *name;
	const char *help;
};

static const struct metric_row ROWS[] = {
#define METRIC(constant, name, help) [METRIC_##constant] = { name, help },
#include "report/metrics.def"
#undef METRIC
};

/** The domains that were told: a sample must not come twice. */
struct told {
	struct str *slots; /* by hash; an empty str is free */
	size_t room;       /* a power of two */
	size_t len;
};

/** All samples so far. */
struct gathering {
	struct arena *arena;
	struct buf samples[METRICS];
	struct str version;
	struct told told;
};

/*
 * Open addressing; the hash is djb2, good enough for names of our own user.
 * The loop ends because half of the slots are always free.
 */
static size_t
slot_of(const struct told *told, struct str domain)
{
	size_t hash = 5381;
	assert(told->room > 0 && domain.len > 0);
	for (size_t i = 0; i < domain.len; i++) {
		hash = hash * 33 + (unsigned char)domain.at[i];
	}
	size_t slot = hash & (told->room - 1);
	while (
	    told->slots[slot].len > 0 && !str_eq(told->slots[slot], domain)) {
		slot = (slot + 1) & (told->room - 1);
	}
	return slot;
}

/** Makes room: at most half of the slots are ever taken. */
static void
told_grow(struct arena *arena, struct told *told)
{
	const struct told old = *told;
	told->room = old.room > 0 ? old.room * 2 : 64;
	told->slots = ARENA_ARRAY(arena, struct str, told->room);
	for (size_t i = 0; i < old.room; i++) {
		if (old.slots[i].len > 0) {
			told->slots[slot_of(told, old.slots[i])] = old.slots[i];
		}
	}
}

/** True the first time that *domain* is told. */
static bool
told_first(struct arena *arena, struct told *told, struct str domain)
{
	if (told->len * 2 >= told->room) {
		told_grow(arena, told);
	}
	const size_t slot = slot_of(told, domain);
	if (told->slots[slot].len > 0) {
		return false;
	}
	told->slots[slot] = str_copy(arena, domain);
	told->len++;
	return true;
}

/** Adds *text* as the value of a label. */
static void
add_label(struct buf *to, const char *key, struct str text)
{
	buf_addf(to, "%s=\"", key);
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.at[i];
		if (c == '\\' || c == '"') {
			buf_addc(to, '\\');
		}
		assert(c != '\n' && "our own words and names have no lines");
		buf_addc(to, c);
	}
	buf_addc(to, '"');
}

/** Begins a sample of *metric* about *domain*; one more label may follow. */
static struct buf *
sample(struct gathering *gathering, enum metric metric, struct str domain)
{
	struct buf *to = &gathering->samples[metric];
	buf_addf(to, "%s{", ROWS[metric].name);
	add_label(to, "domain", domain);
	return to;
}

static void
add_number(struct gathering *gathering, enum metric metric, struct str domain,
    uint64_t number)
{
	struct buf *to = sample(gathering, metric, domain);
	buf_addf(to, "} %llu\n", (unsigned long long)number);
}

/** A sample for every verdict, so that one can be alerted on. */
static void
add_status(struct gathering *gathering, const struct report *report)
{
	static const enum verdict verdicts[] = { VERDICT_READY,
		VERDICT_ACTION_NEEDED, VERDICT_PROPAGATING, VERDICT_UNKNOWN };
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++) {
		struct buf *to =
		    sample(gathering, METRIC_DOMAIN_STATUS, report->domain);
		buf_addc(to, ',');
		add_label(to, "status", str_of(verdict_text(verdicts[i])));
		buf_addf(to, "} %d\n", report->verdict == verdicts[i]);
	}
}

static void
add_records(struct gathering *gathering, const struct report *report)
{
	const struct report_record *record;
	vec_foreach(record, &report->records) {
		/* What is not known is no sample: neither right nor wrong. */
		if (record->status == STATUS_NOT_CHECKED ||
		    record->status == STATUS_UNKNOWN) {
			continue;
		}
		struct buf *to =
		    sample(gathering, METRIC_RECORD_OK, report->domain);
		buf_addc(to, ',');
		add_label(to, "record", record->id);
		buf_addf(to, "} %d\n", record->status == STATUS_OK);
	}
}

/** Counts by severity; codes would be labels without bound. */
static void
add_findings(struct gathering *gathering, const struct report *report)
{
	for (int i = SEVERITY_INFO; i <= SEVERITY_ERROR; i++) {
		const enum severity severity = (enum severity)i;
		size_t count = 0;
		const struct report_finding *finding;
		vec_foreach(finding, &report->findings) {
			count += finding->severity == severity;
		}
		struct buf *to =
		    sample(gathering, METRIC_FINDINGS, report->domain);
		buf_addc(to, ',');
		add_label(to, "severity", str_of(severity_text(severity)));
		buf_addf(to, "} %zu\n", count);
	}
}

/*
 * Prometheus wants base units: seconds since 1970, and seconds with a
 * fraction, never milliseconds.
 */
static void
add_times(struct gathering *gathering, const struct report *report)
{
	const struct str domain = report->domain;
	add_number(gathering, METRIC_CHECKED_AT, domain,
	    (uint64_t)report->generated_at);
	if (report->visible_by >= 0) {
		add_number(gathering, METRIC_VISIBLE_BY, domain,
		    (uint64_t)report->visible_by);
	}
	struct buf *to = sample(gathering, METRIC_DURATION, domain);
	buf_addf(to, "} %llu.%03llu\n",
	    (unsigned long long)(report->elapsed_ms / 1000),
	    (unsigned long long)(report->elapsed_ms % 1000));
}

static void *
gathering_open(struct arena *arena, const struct manner *manner)
{
	struct gathering *gathering = ARENA_NEW(arena, struct gathering);
	assert(manner);
	gathering->arena = arena;
	for (size_t i = 0; i < METRICS; i++) {
		gathering->samples[i] = buf_new(arena);
	}
	return gathering;
}

static void
gathering_add(void *state, const struct report *report)
{
	struct gathering *gathering = state;
	const struct str domain = report->domain;
	const uint64_t lost =
	    report->counts.sent > report->counts.answered
		? report->counts.sent - report->counts.answered
		: 0;
	if (!told_first(gathering->arena, &gathering->told, domain)) {
		return;
	}
	gathering->version = str_copy(gathering->arena, report->version);
	add_status(gathering, report);
	add_records(gathering, report);
	add_findings(gathering, report);
	add_number(gathering, METRIC_LOST, domain, lost);
	if (report->spf.has_record) {
		add_number(
		    gathering, METRIC_LOOKUPS, domain, report->spf.lookups);
	}
	add_times(gathering, report);
}

static void
gathering_close(void *state, struct buf *to)
{
	struct gathering *gathering = state;
	struct buf *info = &gathering->samples[METRIC_BUILD_INFO];
	buf_addf(info, "%s{", ROWS[METRIC_BUILD_INFO].name);
	add_label(info, "version", gathering->version);
	buf_adds(info, "} 1\n");
	for (size_t i = 0; i < METRICS; i++) {
		if (gathering->samples[i].len == 0) {
			continue;
		}
		buf_addf(to, "# HELP %s %s\n# TYPE %s gauge\n", ROWS[i].name,
		    ROWS[i].help, ROWS[i].name);
		buf_add(to, buf_str(&gathering->samples[i]));
	}
}

const struct gatherer gather_prometheus = {
	.open = gathering_open,
	.add = gathering_add,
	.close = gathering_close,
};

void
render_prometheus(
    const struct report *report, const struct manner *manner, struct buf *to)
{
	gather_one(&gather_prometheus, report, manner, to);
}
