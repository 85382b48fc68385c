/* SPDX-License-Identifier: MIT */
/* Saved answers come back as they were, and nothing else gets in. */
#include "base/arena.h"
#include "base/err.h"
#include "dns/rdata.h"
#include "source/recording.h"
#include "source/source.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** A recording of one answer that has everything an answer can have. */
static struct recording
sample(struct arena *arena)
{
	struct rr *rrs = ARENA_ARRAY(arena, struct rr, 2);
	struct answer *answer = ARENA_NEW(arena, struct answer);
	struct recording recording = { .now = 1700000000 };
	rrs[0] = (struct rr){ .owner = name_of(arena, "a.test"),
		.type = RRTYPE_CNAME,
		.ttl = 60 };
	rrs[0].rdata.target = name_of(arena, "b\\000\\.c.test");
	rrs[1] = (struct rr){
		.owner = rrs[0].rdata.target, .type = RRTYPE_TXT, .ttl = 3600
	};
	rrs[1].rdata.txt = rr_txt_of(arena, STR("v=spf1\0\xff ~all"));
	*answer = (struct answer){ .status = ANSWER_FOUND,
		.authenticated = true,
		.chain = &rrs[0],
		.chain_len = 1,
		.rrs = &rrs[1],
		.rrs_len = 1,
		.ede = 23,
		.ede_text = STR("\x1b[31m"),
		.at = 1700000001 };
	const struct recorded item = {
		.question = { .name = rrs[0].owner, .type = RRTYPE_TXT },
		.answer = answer,
	};
	vec_push(arena, &recording.answers, item);
	vec_push(arena, &recording.domains, STR("a.test"));
	return recording;
}

Test(recording, what_was_saved_comes_back_the_same)
{
	struct arena *arena = arena_new();
	const struct recording saved = sample(arena);
	const struct str text = recording_text(arena, &saved);
	struct recording read;
	struct err err;
	cr_assert(
	    recording_read(arena, STR("f"), text, &read, &err), "%s", err.text);
	cr_expect(eq(i64, read.now, saved.now));
	cr_expect(str_eq(recording_text(arena, &read), text));
	const struct answer *answer = read.answers.at[0].answer;
	cr_expect(
	    rr_same_data(&answer->rrs[0], &saved.answers.at[0].answer->rrs[0]));
	cr_expect(eq(u16, answer->ede, 23));
	arena_free(&arena);
}

static void
note_status(void *context, const struct answer *answer)
{
	enum answer_status *status = context;
	*status = answer->status;
}

/** What the replay of *recording* says to TXT at *name*. */
static enum answer_status
replayed(
    struct arena *arena, const struct recording *recording, const char *name)
{
	const struct question question = { .name = name_of(arena, name),
		.type = RRTYPE_TXT };
	enum answer_status status = ANSWER_CAPPED;
	struct source *source = recording_open(recording);
	(void)source_start(source, &question, note_status, &status);
	cr_expect(eq(int, status, ANSWER_CAPPED), "not from inside start");
	cr_expect(source_step(source));
	cr_expect(not(source_step(source)));
	source_close(&source);
	return status;
}

Test(recording, a_question_that_was_not_asked_is_outside)
{
	struct arena *arena = arena_new();
	const struct recording saved = sample(arena);
	cr_expect(eq(int, replayed(arena, &saved, "a.test"), ANSWER_FOUND));
	cr_expect(eq(int, replayed(arena, &saved, "c.test"), ANSWER_OUTSIDE));
	arena_free(&arena);
}

Test(recording, what_is_no_recording_is_refused)
{
#define HEAD "{\"schema\":\"ivycheck/recording/1\",\"answers\":["
#define PAIR(question, answer) \
	HEAD "{\"question\":{" question "},\"answer\":{" answer "}}]}"
#define NAMED "\"name\":\"a.test\",\"type\":\"TXT\""
	static const char *const bad[] = {
		"",
		"[]",
		"{\"schema\":\"ivycheck/recording/2\",\"answers\":[]}",
		HEAD "1]}",
		PAIR("\"name\":\"a..b\",\"type\":\"TXT\"",
		    "\"status\":\"nodata\""),
		PAIR(NAMED, "\"status\":\"fine\""),
		PAIR(NAMED, "\"status\":\"found\""),
		PAIR(NAMED ",\"side\":\"authoritative\"",
		    "\"status\":\"nodata\""),
		PAIR(NAMED, "\"status\":\"found\",\"records\":[{" NAMED
			    ",\"ttl\":1,\"rdata\":\"05ff\"}]"),
		PAIR(NAMED, "\"status\":\"found\",\"records\":[{" NAMED
			    ",\"ttl\":-1,\"rdata\":\"00\"}]"),
		PAIR(NAMED, "\"status\":\"nodata\",\"soa\":[{" NAMED
			    ",\"ttl\":1,\"rdata\":\"00\"}]"),
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct recording read;
		struct err err = { 0 };
		cr_expect(not(recording_read(arena, STR("saved.json"),
			      str_of(bad[i]), &read, &err)),
		    "%s", bad[i]);
		cr_expect(str_starts(str_of(err.text), STR("saved.json")),
		    "%s: %s", bad[i], err.text);
	}
	arena_free(&arena);
}

Test(recording, rdata_is_read_whole_or_not_at_all)
{
	static const struct {
		enum rrtype type;
		struct str wire;
		bool good;
	} rows[] = {
		{ RRTYPE_A, { "\1\2\3\4", 4 }, true },
		{ RRTYPE_A, { "\1\2\3", 3 }, false },
		{ RRTYPE_A, { "\1\2\3\4\5", 5 }, false },
		{ RRTYPE_MX, { "\0\12\1a\0", 5 }, true },
		{ RRTYPE_MX, { "\0\12\1a", 4 }, false },
		{ RRTYPE_MX, { "\0\12\300\14", 4 }, false },
		{ RRTYPE_CNAME, { "\0", 1 }, true },
		{ RRTYPE_TXT, { "\1a\0", 3 }, true },
		{ RRTYPE_TXT, { "", 0 }, false },
		{ RRTYPE_TXT, { "\2a", 2 }, false },
		{ RRTYPE_SOA, { "\0\0\0\0\0\1", 6 }, false },
	};
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rr rr = { .type = rows[i].type };
		cr_expect(
		    eq(int, rdata_read(arena, rows[i].wire, &rr), rows[i].good),
		    "row %zu", i);
	}
	arena_free(&arena);
}
