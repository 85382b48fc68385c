/* SPDX-License-Identifier: MIT */
/* Examining a made-up realm. */
#include "trial.h"

#include "realm.h"
#include "shuffled_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "diagnosis/examine.h"
#include "dns/zonefile.h"
#include "look/ledger.h"
#include "report/assemble.h"
#include "report/format.h"
#include "source/recording.h"
#include "source/source.h"
#include "source/zone.h"

#include <criterion/criterion.h>

enum {
	NOW = 1790000000 /* seconds since 1970 */
};

struct trial {
	struct arena *arena;
	struct source *source;
	struct source *shuffled; /* NULL: not wanted */
	struct order order;
	struct examination *examination;
};

struct str
realm_text(struct arena *arena, const struct realm *realm)
{
	struct buf text = buf_new(arena);
	buf_add(&text, realm_zone_text(arena, &realm->zones[ZONE_OWN]));
	if (name_is_set(realm->zones[ZONE_BELOW].apex)) {
		buf_add(
		    &text, realm_zone_text(arena, &realm->zones[ZONE_BELOW]));
	}
	buf_add(&text, realm_zone_text(arena, &realm->zones[ZONE_SES]));
	return buf_str(&text);
}

static struct source *
zones_open(struct arena *arena, const struct realm *realm)
{
	struct zonefile *files =
	    ARENA_ARRAY(arena, struct zonefile, REALM_ZONES);
	size_t len = 0;
	for (size_t i = 0; i < REALM_ZONES; i++) {
		if (!name_is_set(realm->zones[i].apex)) {
			continue;
		}
		const struct zonefile_input input = {
			.name = STR("zone"),
			.content = realm_zone_text(arena, &realm->zones[i]),
			.origin = realm->zones[i].apex,
		};
		struct err err = { 0 };
		const bool read =
		    zonefile_read(arena, &input, &files[len++], &err);
		cr_assert(read, "%s\n%s", err.text, input.content.at);
	}
	return zone_source_open(files, len);
}

/** Examines *source*, which is the trial's from now on. */
static struct trial *
trial_new(struct arena *arena, const struct order *order, struct source *source,
    uint32_t seed)
{
	struct trial *trial = ARENA_NEW(arena, struct trial);
	trial->arena = arena;
	trial->order = *order;
	trial->source = source;
	if (seed != 0) {
		trial->shuffled = shuffled_source_open(source, seed);
	}
	trial->examination = examination_open(
	    arena, trial->shuffled ? trial->shuffled : source, &trial->order);
	examination_run(trial->examination);
	return trial;
}

struct trial *
trial_open(struct arena *arena, struct patterns *patterns, struct realm *realm,
    uint32_t seed)
{
	const struct order order = {
		.expect = &realm->expect,
		.patterns = patterns,
		.policy = { .fail_on = SEVERITY_ERROR },
		.sides = { .view = VIEW_RESOLVER },
		.offline = true,
		.now = NOW,
	};
	return trial_new(arena, &order, zones_open(arena, realm), seed);
}

/** All answers of *trial*, as a file of saved answers. */
static struct str
saved(const struct trial *trial)
{
	struct arena *arena = trial->arena;
	const struct ledger *ledger = trial_outcome(trial)->ledger;
	struct recording recording = { .now = NOW };
	for (size_t i = 0; i < ledger_count(ledger); i++) {
		const struct ledger_entry *entry = ledger_at(ledger, i);
		const struct recorded recorded = {
			.question = entry->question,
			.answer = entry->answer,
		};
		if (entry->answer) {
			vec_push(arena, &recording.answers, recorded);
		}
	}
	const struct recorded *recorded;
	vec_foreach(recorded, &trial_outcome(trial)->beyond) {
		vec_push(arena, &recording.answers, *recorded);
	}
	return recording_text(arena, &recording);
}

struct trial *
trial_replay(const struct trial *trial)
{
	struct arena *arena = trial->arena;
	struct recording *recording = ARENA_NEW(arena, struct recording);
	struct err err = { 0 };
	const bool read =
	    recording_read(arena, STR("saved"), saved(trial), recording, &err);
	cr_assert(read, "%s", err.text);
	return trial_new(arena, &trial->order, recording_open(recording), 0);
}

const struct outcome *
trial_outcome(const struct trial *trial)
{
	return examination_outcome(trial->examination);
}

struct str
trial_report(const struct trial *trial)
{
	struct buf text = buf_new(trial->arena);
	const struct run_facts facts = {
		.version = STR("0"),
		.now = NOW,
		.source_kind = "zone",
		.every_question = true,
	};
	const struct manner manner = {
		.patterns = trial->order.patterns,
		.width = 80,
		.verbosity = 2,
	};
	struct report *report =
	    assemble(trial->arena, trial_outcome(trial), &facts);
	report->counts.answered = 0;
	for (enum format i = 0; i < FORMATS; i++) {
		format_renderer(i)(report, &manner, &text);
	}
	return buf_str(&text);
}

void
trial_close(struct trial *trial)
{
	examination_close(trial->examination);
	if (trial->shuffled) {
		source_close(&trial->shuffled);
	}
	source_close(&trial->source);
}
