/* SPDX-License-Identifier: MIT */
/*
 * Changes laid over a zone against the zone with the changes made: whatever
 * is asked, both must say the same. Zones and changes come by chance that
 * repeats itself.
 */
#include "asking.h"
#include "base/arena.h"
#include "base/vec.h"
#include "source/overlay.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

enum {
	TRIALS = 400,
	MOST_RECORDS = 12,
	MOST_EDITS = 4,
};

static const char *const NAMES[] = { "z.test", "a.z.test", "b.z.test",
	"c.a.z.test", "d.c.a.z.test", "e.b.z.test" };

static const enum rrtype TYPES[] = { RRTYPE_TXT, RRTYPE_MX, RRTYPE_CNAME };

static const char *const TYPE_WORDS[] = { "TXT", "MX", "CNAME" };

enum {
	NAMES_LEN = sizeof(NAMES) / sizeof(*NAMES),
	TYPES_LEN = sizeof(TYPES) / sizeof(*TYPES),
};

struct edit_list VEC(struct edit);

/** One zone, the changes to it, and how it is afterwards. */
struct trial {
	struct arena *arena;
	uint32_t chance;
	struct zonefile before;
	struct zonefile after;
	struct edit_list edits;
	bool removes;
};

/** A number below *below* (Knuth's linear congruence; its high bits). */
static size_t
chance(struct trial *trial, size_t below)
{
	trial->chance = trial->chance * 1664525u + 1013904223u;
	return (trial->chance >> 16) % below;
}

static bool
has_cname(const struct zonefile *file, struct name name)
{
	const struct rr *rr;
	vec_foreach(rr, &file->records) {
		if (rr->type == RRTYPE_CNAME && name_equal(rr->owner, name)) {
			return true;
		}
	}
	return false;
}

static struct rr
any_record(struct trial *trial)
{
	struct arena *arena = trial->arena;
	struct rr rr = {
		.owner = name_of(arena, NAMES[chance(trial, NAMES_LEN)]),
		.type = TYPES[chance(trial, TYPES_LEN)],
	};
	const struct name target =
	    name_of(arena, NAMES[chance(trial, NAMES_LEN)]);
	if (rr.type == RRTYPE_TXT) {
		static const char *const texts[] = { "x", "y" };
		rr.rdata.txt =
		    rr_txt_of(arena, str_of(texts[chance(trial, 2)]));
	} else if (rr.type == RRTYPE_MX) {
		rr.rdata.mx = (struct rr_mx){ 10, target };
	} else {
		rr.rdata.target = target;
	}
	return rr;
}

/** True if *rr* is added or removed already. */
static bool
was_edited(const struct trial *trial, const struct rr *rr)
{
	const struct edit *edit;
	vec_foreach(edit, &trial->edits) {
		if (name_equal(edit->rr.owner, rr->owner) &&
		    rr_same_data(&edit->rr, rr)) {
			return true;
		}
	}
	return false;
}

/** Takes all that equal *rr* out of the zone as it is afterwards. */
static void
take_out(struct trial *trial, const struct rr *rr)
{
	struct rr *records = trial->after.records.at;
	size_t kept = 0;
	for (size_t i = 0; i < trial->after.records.len; i++) {
		if (!name_equal(records[i].owner, rr->owner) ||
		    !rr_same_data(&records[i], rr)) {
			records[kept++] = records[i];
		}
	}
	trial->after.records.len = kept;
}

/** Removes a record that was there before, but not the SOA, the first. */
static void
remove_one(struct trial *trial)
{
	const size_t at = 1 + chance(trial, trial->before.records.len - 1);
	const struct edit edit = { EDIT_REMOVE, trial->before.records.at[at],
		false };
	if (was_edited(trial, &edit.rr)) {
		return;
	}
	vec_push(trial->arena, &trial->edits, edit);
	take_out(trial, &edit.rr);
	trial->removes = true;
}

/** True if other data than a CNAME is added at *name* already. */
static bool
was_given_data(const struct trial *trial, struct name name)
{
	const struct edit *edit;
	vec_foreach(edit, &trial->edits) {
		if (edit->op == EDIT_ADD && edit->rr.type != RRTYPE_CNAME &&
		    name_equal(edit->rr.owner, name)) {
			return true;
		}
	}
	return false;
}

/** Adds a record, but none that a server would refuse beside a CNAME. */
static void
add_one(struct trial *trial)
{
	const struct edit edit = { EDIT_ADD, any_record(trial), false };
	const struct name owner = edit.rr.owner;
	if (was_edited(trial, &edit.rr) ||
	    (edit.rr.type == RRTYPE_CNAME ? was_given_data(trial, owner)
					  : has_cname(&trial->after, owner))) {
		return;
	}
	vec_push(trial->arena, &trial->edits, edit);
	vec_push(trial->arena, &trial->after.records, edit.rr);
}

static struct trial
trial_new(struct arena *arena, uint32_t seed)
{
	struct trial trial = { .arena = arena, .chance = seed };
	trial.before = zone_of_text(
	    arena, "z.test", "@ SOA ns.other. admin.other. 1 2 3 4 5\n");
	const size_t records = 1 + chance(&trial, MOST_RECORDS);
	for (size_t i = 0; i < records; i++) {
		const struct rr rr = any_record(&trial);
		vec_push(arena, &trial.before.records, rr);
	}
	trial.after = trial.before;
	trial.after.records.at = arena_copy(arena, trial.before.records.at,
	    trial.before.records.len * sizeof(struct rr));
	trial.after.records.room = trial.before.records.len;
	const size_t edits = 1 + chance(&trial, MOST_EDITS);
	for (size_t i = 0; i < edits; i++) {
		if (chance(&trial, 2) == 0) {
			remove_one(&trial);
		} else {
			add_one(&trial);
		}
	}
	return trial;
}

/** What was said, without the SOA that only the zone itself can add. */
static struct str
said(struct str line)
{
	const ptrdiff_t soa = str_find(line, STR(" soa "));
	return soa < 0 ? line : str_slice(line, 0, (size_t)soa);
}

/** True if both said the same, as far as a removed name may show. */
static bool
is_same(const struct trial *trial, struct str laid, struct str made)
{
	const struct str nodata = STR("nodata");
	const struct str nxdomain = STR("nxdomain");
	laid = said(laid);
	made = said(made);
	if (trial->removes && str_starts(laid, nodata) &&
	    str_starts(made, nxdomain)) {
		return str_eq(
		    str_from(laid, nodata.len), str_from(made, nxdomain.len));
	}
	return str_eq(laid, made);
}

static void
expect_same(const struct trial *trial, uint32_t seed)
{
	struct arena *arena = trial->arena;
	struct source *zone = zone_source_open(&trial->before, 1);
	struct source *made = zone_source_open(&trial->after, 1);
	struct source *laid =
	    overlay_open(zone, trial->edits.at, trial->edits.len);
	for (size_t i = 0; i < NAMES_LEN * TYPES_LEN; i++) {
		const char *name = NAMES[i / TYPES_LEN];
		const char *type = TYPE_WORDS[i % TYPES_LEN];
		const struct str got = str_of(asked(arena, laid, name, type));
		const struct str want = str_of(asked(arena, made, name, type));
		cr_expect(is_same(trial, got, want),
		    "trial %u, %s %s: %s, not %s", seed, type, name, got.at,
		    want.at);
	}
	source_close(&laid);
	source_close(&made);
	source_close(&zone);
}

Test(overlay_zones, changes_laid_over_and_changes_made_answer_the_same)
{
	for (uint32_t seed = 1; seed <= TRIALS; seed++) {
		struct arena *arena = arena_new();
		const struct trial trial = trial_new(arena, seed);
		expect_same(&trial, seed);
		arena_free(&arena);
	}
}
