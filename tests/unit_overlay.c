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
			   "*.wild TXT star\n";

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

static void
expect_after(const struct change *change, const char *name, const char *type,
    const char *want)
{
	struct arena *arena = arena_new();
	struct edits edits = { 0 };
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	take(arena, change->remove, EDIT_REMOVE, false, &edits);
	take(arena, change->add, EDIT_ADD, change->over_wildcard, &edits);
	struct source *zone = zone_source_open(&file, 1);
	struct source *known = remembered_open(zone);
	struct source *source = overlay_open(known, edits.at, edits.len);
	const char *got = asked(arena, source, name, type);
	cr_expect(eq(str, (char *)got, (char *)want), "%s %s", type, name);
	source_close(&source);
	source_close(&known);
	source_close(&zone);
	arena_free(&arena);
}

Test(overlay, a_removed_record_is_gone_and_others_stay)
{
	const struct change one = { "@ TXT one", "", false };
	const struct change all = { "@ TXT one\n@ TXT two", "", false };
	expect_after(&one, "example.test", "TXT", "found example.test=two");
	expect_after(&all, "example.test", "TXT", "nodata");
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

Test(overlay, an_added_cname_is_followed)
{
	const struct change new = { "", "x CNAME alias", false };
	expect_after(&new, "x.example.test", "TXT",
	    "found via alias.example.test via target.example.test "
	    "target.example.test=there");
	expect_after(&new, "x.example.test", "CNAME",
	    "found x.example.test=alias.example.test");
	const struct change circle = { "", "x CNAME y\ny CNAME x", false };
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

Test(overlay, what_is_remembered_is_not_asked_again)
{
	struct arena *arena = arena_new();
	const struct zonefile file = zone_of_text(arena, "example.test", ZONE);
	const struct question question = {
		.name = name_of(arena, "nowhere.test"),
		.type = RRTYPE_TXT,
	};
	const struct answer answer = { .status = ANSWER_REFUSED };
	struct source *zone = zone_source_open(&file, 1);
	struct source *source = remembered_open(zone);
	remembered_add(source, &question, &answer);
	cr_expect(str_eq(str_of(asked(arena, source, "nowhere.test", "TXT")),
	    STR("refused")));
	cr_expect(eq(u64, zone->counts.answered, 0));
	cr_expect(str_eq(str_of(asked(arena, source, "nowhere.test", "MX")),
	    STR("outside")));
	source_close(&source);
	source_close(&zone);
	arena_free(&arena);
}
