/* SPDX-License-Identifier: MIT */
/* Answers as if changes had been made. */
#include "asking.h"
#include "base/arena.h"
#include "base/vec.h"
#include "source/overlay.h"
#include "source/remembered.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static const char ZONE[] = "@ SOA ns admin 1 2 3 4 5\n"
			   "@ TXT one\n"
			   "@ TXT two\n"
			   "alias CNAME target\n"
			   "target TXT there\n"
			   "*.wild TXT star\n"
			   "*.wild MX 10 mx\n"
			   "two CNAME alias\n"
			   "two CNAME nowhere\n"
			   "both CNAME target\n"
			   "both TXT beside\n"
			   "ring1 CNAME ring2\n"
			   "ring2 CNAME ring1\n"
			   "out CNAME there.elsewhere.test.\n"
			   "sub NS ns.sub\n";

/** Changes as zone text: what goes, and what comes. */
struct change {
	const char *remove;
	const char *add;
	bool over_wildcard;
};

struct edits VEC(struct edit);

static void
take(struct arena *arena, const char *text, enum edit_op op, bool over,
    struct edits *to)
{
	const struct zonefile file = zone_of_text(arena, "example.test", text);
	const struct rr *rr;
	vec_foreach(rr, &file.records) {
		const struct edit edit = { op, *rr, over };
		vec_push(arena, to, edit);
	}
}

/** How to ask: asked() or asked_server(). */
typedef const char *asker(
    struct arena *, struct source *, const char *, const char *);

static void
expect_said(asker *ask_it, const struct change *change, const char *name,
    const char *type, const char *want)
{
	struct arena *arena = arena_new();
	struct edits edits = { 0 };
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	take(arena, change->remove, EDIT_REMOVE, false, &edits);
	take(arena, change->add, EDIT_ADD, change->over_wildcard, &edits);
	struct source *zone = zone_source_open(&file, 1);
	struct source *known = remembered_open(arena, zone, SIZE_MAX);
	struct source *source = overlay_open(known, edits.at, edits.len);
	const char *got = ask_it(arena, source, name, type);
	cr_expect(eq(str, (char *)got, (char *)want), "%s %s", type, name);
	source_close(&source);
	source_close(&known);
	source_close(&zone);
	arena_free(&arena);
}

static void
expect_after(const struct change *change, const char *name, const char *type,
    const char *want)
{
	expect_said(asked, change, name, type, want);
}

Test(overlay, a_removed_record_is_gone_and_others_stay)
{
	const struct change one = { "@ TXT one", "", false };
	const struct change all = { "@ TXT one\n@ TXT two", "", false };
	expect_after(&one, "example.test", "TXT", "found example.test=two");
	expect_after(&all, "example.test", "TXT", "nodata");
	expect_after(&all, "example.test", "MX", "nodata soa example.test");
	expect_after(&one, "target.example.test", "TXT",
	    "found target.example.test=there");
}

Test(overlay, an_added_record_is_there)
{
	const struct change new = { "", "a.b TXT new", false };
	expect_after(
	    &new, "a.b.example.test", "TXT", "found a.b.example.test=new");
	expect_after(&new, "b.example.test", "TXT", "nodata soa example.test");
	expect_after(&new, "a.b.example.test", "MX", "nodata soa example.test");
	expect_after(
	    &new, "c.example.test", "TXT", "nxdomain soa example.test");
}

Test(overlay, one_record_takes_the_place_of_another)
{
	const struct change swap = { "@ TXT one\n@ TXT two", "@ TXT three",
		false };
	expect_after(&swap, "example.test", "TXT", "found example.test=three");
}

Test(overlay, a_record_that_is_there_already_is_not_added_again)
{
	const struct change same = { "", "@ TXT one", false };
	expect_after(&same, "example.test", "TXT",
	    "found example.test=one example.test=two");
}

Test(overlay, changes_leave_other_names_alone)
{
	const struct change other = { "@ TXT one", "x TXT new", false };
	expect_after(&other, "ring1.example.test", "TXT",
	    "loop via ring2.example.test via ring1.example.test");
	expect_after(&other, "out.example.test", "TXT",
	    "outside via there.elsewhere.test");
	expect_after(&other, "nope.elsewhere.test", "TXT", "outside");
	expect_after(&other, "both.example.test", "TXT",
	    "found both.example.test=beside");
}

Test(overlay, of_two_cnames_the_one_that_stays_is_followed)
{
	const struct change one = { "two CNAME alias", "", false };
	const struct change other = { "two CNAME nowhere", "", false };
	expect_after(&one, "two.example.test", "TXT",
	    "nxdomain via nowhere.example.test soa example.test");
	expect_after(&other, "two.example.test", "TXT",
	    "found via alias.example.test via target.example.test "
	    "target.example.test=there");
	expect_after(&one, "two.example.test", "CNAME",
	    "found two.example.test=nowhere.example.test");
}

Test(overlay, a_cname_beside_what_is_removed_comes_to_light)
{
	const struct change change = { "both TXT beside", "", false };
	expect_after(&change, "both.example.test", "TXT",
	    "found via target.example.test target.example.test=there");
}

Test(overlay, a_record_beside_a_cname_does_not_count)
{
	const struct change change = { "", "alias TXT beside", false };
	expect_after(&change, "alias.example.test", "TXT",
	    "found via target.example.test target.example.test=there");
}

Test(overlay, a_cname_beside_other_data_leaves_it)
{
	const struct change change = { "", "target CNAME ring1", false };
	expect_after(&change, "target.example.test", "TXT",
	    "found target.example.test=there");
	expect_after(&change, "target.example.test", "MX",
	    "loop via ring1.example.test via ring2.example.test "
	    "via ring1.example.test");
}

Test(overlay, a_loop_can_be_cured)
{
	const struct change cured = { "ring2 CNAME ring1", "ring2 CNAME target",
		false };
	expect_after(&cured, "ring1.example.test", "TXT",
	    "found via ring2.example.test via target.example.test "
	    "target.example.test=there");
}

Test(overlay, what_hides_a_wildcard_hides_its_cname_too)
{
	const struct change new = { "", "a.wild CNAME target", true };
	expect_after(&new, "a.wild.example.test", "TXT",
	    "found via target.example.test target.example.test=there");
	expect_after(&new, "a.wild.example.test", "CNAME",
	    "found a.wild.example.test=target.example.test");
}

Test(overlay, the_zones_own_server_leaves_the_target_to_who_asked)
{
	const struct change new = { "", "x CNAME alias", false };
	expect_said(asked_server, &new, "x.example.test", "TXT",
	    "nodata via alias.example.test");
	expect_said(asked_server, &new, "x.example.test", "CNAME",
	    "found x.example.test=alias.example.test");
}

Test(overlay, a_server_that_is_not_the_zones_stays_so)
{
	const struct change new = { "", "a.sub TXT new\nb.sub CNAME alias",
		false };
	expect_said(asked_server, &new, "a.sub.example.test", "TXT",
	    "lame to ns.sub.example.test");
	expect_said(asked_server, &new, "b.sub.example.test", "TXT",
	    "lame to ns.sub.example.test");
	expect_said(asked, &new, "a.sub.example.test", "TXT",
	    "found a.sub.example.test=new");
}

Test(overlay, an_added_cname_is_followed)
{
	const struct change new = { "", "x CNAME alias", false };
	expect_after(&new, "x.example.test", "TXT",
	    "found via alias.example.test via target.example.test "
	    "target.example.test=there");
	expect_after(&new, "x.example.test", "CNAME",
	    "found x.example.test=alias.example.test");
	const struct change circle = { "", "x CNAME y\ny CNAME x", false };
	expect_after(&circle, "x.example.test", "TXT",
	    "loop via y.example.test via x.example.test");
	expect_after(&circle, "x.example.test", "CNAME",
	    "found x.example.test=y.example.test");
}

Test(overlay, a_removed_cname_uncovers_the_name)
{
	const struct change swap = { "alias CNAME target", "alias TXT own",
		false };
	const struct change gone = { "alias CNAME target", "", false };
	expect_after(
	    &swap, "alias.example.test", "TXT", "found alias.example.test=own");
	expect_after(&gone, "alias.example.test", "TXT", "nodata");
}

Test(overlay, a_name_that_exists_hides_the_wildcard)
{
	const struct change new = { "", "a.wild MX 10 mx", true };
	expect_after(&new, "a.wild.example.test", "TXT", "nodata");
	expect_after(&new, "a.wild.example.test", "MX",
	    "found a.wild.example.test=10 mx.example.test");
	expect_after(&new, "b.wild.example.test", "TXT",
	    "found b.wild.example.test=star");
}

/** What is said of TXT at alias when that fails now, under *change*. */
static const char *
said_of_failure(struct arena *arena, const struct change *change,
    const struct answer *failure, asker *ask_it)
{
	struct edits edits = { 0 };
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	struct question question = {
		.name = name_of(arena, "alias.example.test"),
		.type = RRTYPE_TXT,
	};
	if (ask_it == asked_server) {
		question.side = SIDE_AUTHORITATIVE;
		(void)server_addr_parse(STR("192.0.2.1"), &question.server);
	}
	take(arena, change->remove, EDIT_REMOVE, false, &edits);
	take(arena, change->add, EDIT_ADD, false, &edits);
	struct source *zone = zone_source_open(&file, 1);
	struct source *known = remembered_open(arena, zone, SIZE_MAX);
	struct source *source = overlay_open(known, edits.at, edits.len);
	remembered_add(known, &question, failure);
	const char *got = ask_it(arena, source, "alias.example.test", "TXT");
	source_close(&source);
	source_close(&known);
	source_close(&zone);
	return got;
}

Test(overlay, a_failure_is_cured_when_its_cname_goes)
{
	static const struct {
		enum answer_status status;
		struct change change;
		const char *want;
	} rows[] = {
		{ ANSWER_SERVFAIL, { "alias CNAME target", "", false },
		    "nodata" },
		{ ANSWER_SERVFAIL,
		    { "alias CNAME target", "alias TXT own", false },
		    "found alias.example.test=own" },
		{ ANSWER_TIMEOUT,
		    { "alias CNAME target", "alias CNAME both", false },
		    "found via both.example.test both.example.test=beside" },
		{ ANSWER_SERVFAIL, { "@ TXT one", "alias MX 10 m", false },
		    "servfail" },
		{ ANSWER_REFUSED,
		    { "alias CNAME target", "alias TXT own", false },
		    "refused" },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct answer failure = { .status = rows[i].status };
		const char *got =
		    said_of_failure(arena, &rows[i].change, &failure, asked);
		cr_expect(
		    eq(str, (char *)got, (char *)rows[i].want), "row %zu", i);
	}
	arena_free(&arena);
}

Test(overlay, a_server_that_fails_fails_after_the_change_too)
{
	struct arena *arena = arena_new();
	const struct answer failure = { .status = ANSWER_TIMEOUT };
	const struct change change = { "alias CNAME target", "alias CNAME both",
		false };
	const char *got =
	    said_of_failure(arena, &change, &failure, asked_server);
	cr_expect(str_eq(str_of(got), STR("timeout")), "%s", got);
	arena_free(&arena);
}

static void
count_answer(void *context, const struct answer *answer)
{
	size_t *count = context;
	cr_assert(answer != NULL);
	(*count)++;
}

Test(overlay, a_question_can_be_given_up_at_any_step)
{
	struct arena *arena = arena_new();
	struct edits edits = { 0 };
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	const struct question question = {
		.name = name_of(arena, "alias.example.test"),
		.type = RRTYPE_TXT,
	};
	size_t given_up = 0;
	size_t kept = 0;
	take(arena, "alias CNAME target", EDIT_REMOVE, false, &edits);
	struct source *zone = zone_source_open(&file, 1);
	struct source *source = overlay_open(zone, edits.at, edits.len);
	struct ticket *ticket =
	    source_start(source, &question, count_answer, &given_up);
	(void)source_start(source, &question, count_answer, &kept);
	/* Now the first waits for the CNAMEs beside the one removed. */
	cr_assert(source_step(source));
	source_cancel(source, ticket);
	while (source_step(source)) {
	}
	cr_expect(eq(sz, given_up, 0));
	cr_expect(eq(sz, kept, 1));
	(void)source_start(source, &question, count_answer, &given_up);
	source_close(&source);
	cr_expect(not(source_step(zone)), "nothing is left below");
	source_close(&zone);
	arena_free(&arena);
}
