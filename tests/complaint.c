/* SPDX-License-Identifier: MIT */
/* What is to be said against an outcome. */
#include "mutate.h"
#include "realm.h"
#include "trial.h"

#include "base/arena.h"
#include "base/buf.h"
#include "diagnosis/examine.h"
#include "expect/expect.h"

#include <stddef.h>

/** A complaint about a finding or a record. */
static const char *
complain(struct arena *arena, const char *what, struct str about)
{
	return str_print(arena, "%s: %.*s", what, STR_ARG(about)).at;
}

static struct str
code_of(struct arena *arena, const struct finding *finding)
{
	return catalog_code(arena, finding->code, finding->family);
}

static struct str
record_id(const struct outcome *outcome, int record)
{
	return record < 0 ? STR("the domain")
			  : outcome->all.expect->records[record].id;
}

static const char *
verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
		[VERDICT_READY] = "ready",
		[VERDICT_ACTION_NEEDED] = "action needed",
		[VERDICT_PROPAGATING] = "propagating",
		[VERDICT_UNKNOWN] = "unknown",
	};
	return words[verdict];
}

/** What is wrong with a record that has to be right. */
static const char *
complaint_of_record(
    struct arena *arena, const struct outcome *outcome, size_t index)
{
	struct finding *const *finding;
	if (outcome->all.records[index].status != STATUS_OK) {
		return complain(arena, "should have stayed ok",
		    record_id(outcome, (int)index));
	}
	vec_foreach(finding, &outcome->findings) {
		if ((*finding)->record == (int)index &&
		    catalog_row((*finding)->code)->severity >=
			SEVERITY_WARNING) {
			return complain(arena, "should not have been found",
			    code_of(arena, *finding));
		}
	}
	return NULL;
}

static const char *
complaint_of_untouched(
    struct arena *arena, const struct outcome *outcome, unsigned touched)
{
	for (size_t i = 0; i < REALM_RECORDS; i++) {
		const char *complaint =
		    touched >> i & 1 ? NULL
				     : complaint_of_record(arena, outcome, i);
		if (complaint) {
			return complaint;
		}
	}
	return NULL;
}

const char *
complaint_of_healthy(struct arena *arena, const struct outcome *outcome)
{
	struct finding *const *finding;
	if (outcome->verdict != VERDICT_READY) {
		return complain(
		    arena, "verdict", str_of(verdict_word(outcome->verdict)));
	}
	vec_foreach(finding, &outcome->findings) {
		if (catalog_row((*finding)->code)->severity != SEVERITY_INFO) {
			return complain(arena, "should not have been found",
			    code_of(arena, *finding));
		}
	}
	return complaint_of_untouched(arena, outcome, 0);
}

static bool
was_wanted(const struct mutant *mutant, const struct finding *finding)
{
	const struct wanted_finding *wanted;
	vec_foreach(wanted, &mutant->wanted) {
		if (wanted->code == finding->code &&
		    wanted->record == finding->record) {
			return true;
		}
	}
	return false;
}

static const struct finding *
found(const struct outcome *outcome, const struct wanted_finding *wanted)
{
	struct finding *const *finding;
	vec_foreach(finding, &outcome->findings) {
		if ((*finding)->code == wanted->code &&
		    (*finding)->record == wanted->record) {
			return *finding;
		}
	}
	return NULL;
}

/** What was found instead of what had to be. */
static const char *
not_found(struct arena *arena, const struct outcome *outcome,
    const struct wanted_finding *wanted)
{
	struct buf text = buf_new(arena);
	struct finding *const *finding;
	const struct str id = record_id(outcome, wanted->record);
	buf_addf(&text,
	    "%s was not found at %.*s, but:", catalog_row(wanted->code)->code,
	    STR_ARG(id));
	vec_foreach(finding, &outcome->findings) {
		buf_addc(&text, ' ');
		buf_add(&text, code_of(arena, *finding));
	}
	return text.at;
}

static const char *
complaint_of_findings(struct arena *arena, const struct mutant *mutant,
    const struct outcome *outcome)
{
	const struct wanted_finding *wanted;
	vec_foreach(wanted, &mutant->wanted) {
		if (!found(outcome, wanted)) {
			return not_found(arena, outcome, wanted);
		}
	}
	struct finding *const *finding;
	vec_foreach(finding, &outcome->findings) {
		if (catalog_row((*finding)->code)->severity == SEVERITY_ERROR &&
		    !was_wanted(mutant, *finding)) {
			return complain(arena, "should not have been found",
			    code_of(arena, *finding));
		}
	}
	return NULL;
}

/** The statuses that follow from what had to be found. */
static const char *
complaint_of_statuses(struct arena *arena, const struct mutant *mutant,
    const struct outcome *outcome)
{
	const struct wanted_finding *wanted;
	vec_foreach(wanted, &mutant->wanted) {
		if (wanted->record >= 0 &&
		    outcome->all.records[wanted->record].status !=
			catalog_row(wanted->code)->status) {
			return complain(arena, "wrong status",
			    record_id(outcome, wanted->record));
		}
	}
	return NULL;
}

/** What is wrong with whether there is a plan, and what is said of it. */
static const char *
complaint_of_proof(const struct mutant *mutant, const struct outcome *outcome)
{
	const bool proven = outcome->plan_proven == MAYBE_TRUE;
	if ((outcome->plan.len == 0) != (outcome->plan_proven == MAYBE_NULL)) {
		return "a plan and its proof belong together";
	}
	if (mutant->harmless && outcome->plan.len > 0) {
		return "there is a plan and nothing to change";
	}
	if (mutant->hopeless && proven) {
		return "a plan is proven that cannot mend everything";
	}
	if (!mutant->harmless && !mutant->hopeless && !mutant->open &&
	    !proven) {
		return outcome->plan.len == 0 ? "there is no plan"
					      : "the plan is not proven";
	}
	return NULL;
}

const char *
complaint_of_mutant(struct arena *arena, const struct mutant *mutant,
    const struct outcome *outcome)
{
	const enum verdict verdict =
	    mutant->harmless ? VERDICT_READY : VERDICT_ACTION_NEEDED;
	const unsigned touched = mutant->touched & ~mutant->quiet;
	const char *complaint = complaint_of_findings(arena, mutant, outcome);
	if (!complaint) {
		complaint = complaint_of_statuses(arena, mutant, outcome);
	}
	if (!complaint) {
		complaint = complaint_of_untouched(arena, outcome, touched);
	}
	if (!complaint && outcome->verdict != verdict) {
		complaint = complain(
		    arena, "verdict", str_of(verdict_word(outcome->verdict)));
	}
	return complaint ? complaint : complaint_of_proof(mutant, outcome);
}

/** True if *rr* is one of those that have nothing to do with the eight. */
static bool
is_unrelated(struct arena *arena, const struct rr *rr)
{
	static const char *const values[] = { "192.0.2.80",
		"google-site-verification=x7Kq2", "MS=ms41236547",
		"v=spf1 mx -all",
		"v=spf1 ip4:192.0.2.250 include:amazonses.com -all" };
	const struct str value = rr_value(arena, rr);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		if (str_eq(value, str_of(values[i]))) {
			return true;
		}
	}
	return false;
}

/** The unrelated records of the own zone. */
static struct realm_zone
unrelated(struct realm *realm)
{
	struct realm_zone kept = { .apex = realm_own(realm)->apex };
	const struct rr *rr;
	vec_foreach(rr, &realm_own(realm)->records) {
		if (is_unrelated(realm->arena, rr)) {
			vec_push(realm->arena, &kept.records, *rr);
		}
	}
	return kept;
}

static const char *
complaint_of_loss(struct realm *realm, const struct realm_zone *kept)
{
	const struct rr *rr;
	vec_foreach(rr, &kept->records) {
		const struct rr *now;
		bool there = false;
		vec_foreach(now, &realm_own(realm)->records) {
			there = there || (name_equal(now->owner, rr->owner) &&
					     rr_same_data(now, rr));
		}
		if (!there) {
			return complain(realm->arena,
			    "the plan removed an unrelated record",
			    rr_value(realm->arena, rr));
		}
	}
	return NULL;
}

/** The SPF records at the domain, as receivers read them. */
static struct realm_zone
spf_records(struct realm *realm)
{
	struct realm_zone found = { .apex = realm_own(realm)->apex };
	const struct rr *rr;
	vec_foreach(rr, &realm_own(realm)->records) {
		if (rr->type == RRTYPE_TXT &&
		    name_equal(rr->owner, realm->expect.domain) &&
		    str_starts(rr->rdata.txt.joined, STR("v=spf1 "))) {
			vec_push(realm->arena, &found.records, *rr);
		}
	}
	return found;
}

/** True if *term* of an SPF record names senders that are to be kept. */
static bool
is_sender(struct str term)
{
	static const char *const starts[] = { "include:_", "ip4:192.", "ip6:" };
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		if (str_starts(term, str_of(starts[i]))) {
			return str_index(term, ',') < 0 &&
			       !str_ends(term, STR("/33")) &&
			       str_find(term, STR("amazonses.com")) < 0;
		}
	}
	return str_eq(term, STR("mx")) || str_eq(term, STR("a"));
}

static bool
has_term(const struct realm_zone *records, struct str wanted)
{
	const struct rr *rr;
	vec_foreach(rr, &records->records) {
		struct str rest = rr->rdata.txt.joined;
		struct str term;
		while (str_split(&rest, ' ', &term)) {
			if (str_eq(term, wanted)) {
				return true;
			}
		}
	}
	return false;
}

/** Senders that the SPF records allowed *before* and do no more. */
static const char *
complaint_of_senders(struct realm *realm, const struct realm_zone *before)
{
	const struct realm_zone now = spf_records(realm);
	const struct rr *rr;
	vec_foreach(rr, &before->records) {
		struct str rest = rr->rdata.txt.joined;
		struct str term;
		while (str_split(&rest, ' ', &term)) {
			if (is_sender(term) && !has_term(&now, term)) {
				return complain(realm->arena,
				    "the plan drops a sender", term);
			}
		}
	}
	return NULL;
}

static const char *
carry_out(struct realm *realm, const struct plan *plan)
{
	const struct edit *edit;
	vec_foreach(edit, plan) {
		if (!realm_edit(realm, edit)) {
			return complain(realm->arena,
			    "the plan removes what is not there",
			    name_text(realm->arena, edit->rr.owner));
		}
	}
	return NULL;
}

/** True if the outcome knows that *zone* holds the names below its apex. */
static bool
knows_zone(const struct outcome *outcome, const struct realm_zone *zone)
{
	for (size_t i = 0; i < outcome->all.expect->records_len; i++) {
		const struct name holder = outcome->all.records[i].zone;
		if (name_is_set(holder) && name_equal(holder, zone->apex)) {
			return true;
		}
	}
	return false;
}

/** A plan for a name that is handed on has to say so. */
static const char *
complaint_of_zones(struct realm *realm, const struct outcome *outcome)
{
	const struct edit *edit;
	vec_foreach(edit, &outcome->plan) {
		const struct name owner = edit->rr.owner;
		const struct realm_zone *zone = realm_holder(realm, owner);
		if (zone != realm_own(realm) && !knows_zone(outcome, zone)) {
			return complain(realm->arena,
			    "the plan does not know the zone of",
			    name_text(realm->arena, owner));
		}
	}
	return NULL;
}

/** How a realm is whose plan was carried out. */
static const char *
complaint_of_result(
    struct arena *arena, struct patterns *patterns, struct realm *realm)
{
	struct trial *after = trial_open(arena, patterns, realm, 0);
	const struct outcome *outcome = trial_outcome(after);
	const char *complaint = NULL;
	if (outcome->verdict != VERDICT_READY) {
		complaint = complain(arena, "after the plan the verdict is",
		    str_of(verdict_word(outcome->verdict)));
	} else if (outcome->plan.len > 0) {
		complaint = "after the plan there is another";
	}
	trial_close(after);
	return complaint;
}

const char *
complaint_of_plan(struct arena *arena, struct patterns *patterns,
    struct mutant *mutant, const struct outcome *outcome)
{
	struct realm *realm = mutant->realm;
	if (outcome->plan_proven != MAYBE_TRUE) {
		return NULL;
	}
	const struct realm_zone kept = unrelated(realm);
	const struct realm_zone spf = spf_records(realm);
	const char *complaint = complaint_of_zones(realm, outcome);
	if (!complaint) {
		complaint = carry_out(realm, &outcome->plan);
	}
	if (!complaint) {
		complaint = complaint_of_loss(realm, &kept);
	}
	if (!complaint) {
		complaint = complaint_of_senders(realm, &spf);
	}
	return complaint ? complaint
			 : complaint_of_result(arena, patterns, realm);
}
