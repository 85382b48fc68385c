/* SPDX-License-Identifier: MIT */
/* "Ask, or come again": what makes it sound. */
#include "base/arena.h"
#include "base/buf.h"
#include "look/ledger.h"
#include "look/run.h"
#include "table_source.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* A tree of names: the TXT of each lists the names to ask next. */
static const struct table_row TREE[] = {
	{ "root.test", "a.test b.test c.test" },
	{ "a.test", "a1.test a2.test" },
	{ "b.test", "b1.test missing.test" },
	{ "c.test", "a1.test" },
	{ "a1.test", "" },
	{ "a2.test", "a21.test" },
	{ "a21.test", "root.test" },
	{ "b1.test", "" },
};

enum {
	TREE_LEN = sizeof(TREE) / sizeof(*TREE),
	TREE_NAMES = TREE_LEN + 1, /* with the one that is missing */
};

/** What a task writes, as text; and how often it ran. */
struct result {
	struct str text;
	unsigned runs;
};

static void
walk(struct look *look, const char *name, unsigned depth, struct buf *to)
{
	struct arena *arena = look_scratch(look);
	const struct answer *answer =
	    ask(look, name_of(arena, name), RRTYPE_TXT);
	if (!answer || depth == 0) {
		return;
	}
	buf_addf(to, "%s=%s;", name, answer_status_word(answer->status));
	struct str rest = answer->status == ANSWER_FOUND
			      ? answer->rrs[0].rdata.txt.joined
			      : (struct str){ 0 };
	struct str part;
	while (rest.len > 0 && str_split(&rest, ' ', &part)) {
		walk(look, str_z(arena, part), depth - 1, to);
	}
}

static void
walk_run(struct look *look, void *context)
{
	struct result *result = context;
	struct buf to = buf_new(look_scratch(look));
	result->runs++;
	walk(look, "root.test", 5, &to);
	result->text = buf_str(&to);
}

/** Runs one walk in the order of *seed*; the text is in *arena*. */
static struct str
walk_in_order(struct arena *arena, uint32_t seed, size_t *ret_started)
{
	struct result result = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, seed);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { walk_run, &result };
	look_add(look, &task);
	look_run(look);
	*ret_started = table_source_started(source);
	const struct str text = str_copy(arena, result.text);
	look_close(look);
	source_close(&source);
	return text;
}

Test(look, the_order_of_arrival_does_not_show)
{
	struct arena *arena = arena_new();
	size_t started = 0;
	const struct str want = walk_in_order(arena, 1, &started);
	for (uint32_t seed = 2; seed < 2000; seed++) {
		const struct str got = walk_in_order(arena, seed, &started);
		cr_assert(str_eq(got, want), "seed %u: %s", seed, got.at);
	}
	arena_free(&arena);
}

Test(look, every_question_is_asked_once)
{
	struct arena *arena = arena_new();
	for (uint32_t seed = 0; seed < 100; seed++) {
		size_t started = 0;
		(void)walk_in_order(arena, seed, &started);
		cr_expect(eq(sz, started, TREE_NAMES), "seed %u", seed);
	}
	arena_free(&arena);
}

Test(look, two_tasks_share_what_they_ask)
{
	struct arena *arena = arena_new();
	struct result results[2] = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 7);
	struct look *look = look_open(arena, source, 1000);
	for (size_t i = 0; i < 2; i++) {
		const struct task task = { walk_run, &results[i] };
		look_add(look, &task);
	}
	look_run(look);
	cr_expect(eq(sz, table_source_started(source), TREE_NAMES));
	cr_expect(str_eq(results[0].text, results[1].text));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

static void
clock_run(struct look *look, void *context)
{
	int64_t *now = context;
	*now = look_now(look);
	(void)ask(look, name_of(look_scratch(look), "a1.test"), RRTYPE_TXT);
}

Test(look, the_clock_stands_still_during_a_look)
{
	struct arena *arena = arena_new();
	int64_t now = 0;
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 4711);
	const struct task task = { clock_run, &now };
	look_add(look, &task);
	look_run(look);
	cr_expect(eq(i64, now, 4711));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

Test(look, it_is_due_when_an_answer_has_come)
{
	struct arena *arena = arena_new();
	int64_t now = 0;
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 4711);
	const struct task task = { clock_run, &now };
	look_add(look, &task);
	cr_expect(look_is_due(look));
	cr_expect(not(look_advance(look)));
	cr_expect(not(look_is_due(look)));
	cr_expect(source_step(source));
	cr_expect(look_is_due(look));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

Test(look, past_the_limit_questions_are_answered_as_capped)
{
	struct arena *arena = arena_new();
	struct result result = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { walk_run, &result };
	look_limit(look, 3);
	look_add(look, &task);
	look_run(look);
	cr_expect(look_is_capped(look));
	cr_expect(eq(sz, table_source_started(source), 3));
	cr_expect(
	    str_find(result.text, STR("=capped")) >= 0, "%s", result.text.at);
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

Test(look, closing_gives_up_what_is_on_its_way)
{
	struct arena *arena = arena_new();
	struct result result = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { walk_run, &result };
	look_add(look, &task);
	cr_expect(not(look_advance(look)));
	look_close(look);
	cr_expect(eq(sz, table_source_cancelled(source), 1));
	source_close(&source);
	arena_free(&arena);
}

Test(look, once_given_up_it_ends_without_another_answer)
{
	struct arena *arena = arena_new();
	struct result result = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { walk_run, &result };
	look_add(look, &task);
	cr_expect(not(look_advance(look)));
	cr_expect(source_step(source));
	cr_expect(not(look_advance(look)));
	cr_expect(look_is_out(look));
	look_give_up(look);
	cr_expect(not(look_is_out(look)));
	cr_expect(look_advance(look));
	const char *want = "root.test=found;a.test=timeout;b.test=timeout;"
			   "c.test=timeout;";
	cr_expect(str_eq(result.text, str_of(want)), "%s", result.text.at);
	cr_expect(not(look_is_capped(look)));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

Test(look, an_unfinished_run_leaves_nothing_behind)
{
	struct arena *arena = arena_new();
	struct result result = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 3);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { walk_run, &result };
	look_add(look, &task);
	look_run(look);
	cr_expect(gt(uint, result.runs, 2));
	/* The walk passes the root twice (a21 leads back to it), each run. */
	const struct str root = STR("root.test=found;");
	const struct str rest = str_from(result.text, root.len);
	cr_expect(str_starts(result.text, root));
	const ptrdiff_t second = str_find(rest, root);
	cr_assert(ge(int, (int)second, 0));
	cr_expect(lt(
	    int, (int)str_find(str_from(rest, (size_t)second + 1), root), 0));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}

/** What was made of the answers, over all runs. */
struct makings {
	unsigned runs;
	const void *made[TREE_LEN];
};

static const void *
text_make(struct arena *arena, const void *part)
{
	struct str *text = ARENA_NEW(arena, struct str);
	*text = ((const struct rr *)part)->rdata.txt.joined;
	return text;
}

/** Asks for the names of the tree one after the other. */
static void
makings_run(struct look *look, void *context)
{
	struct makings *makings = context;
	makings->runs++;
	for (size_t i = 0; i < TREE_LEN; i++) {
		const struct name name =
		    name_of(look_scratch(look), TREE[i].name);
		const struct answer *answer = ask(look, name, RRTYPE_TXT);
		if (!answer) {
			return;
		}
		const struct str *made =
		    look_made(look, text_make, &answer->rrs[0]);
		cr_expect(str_eq(*made, str_of(TREE[i].txt)));
		if (makings->made[i]) {
			cr_expect(eq(ptr, (void *)(uintptr_t)made,
			    (void *)(uintptr_t)makings->made[i]));
		}
		makings->made[i] = made;
	}
}

Test(look, what_is_made_of_an_answer_is_made_once)
{
	struct arena *arena = arena_new();
	struct makings makings = { 0 };
	struct source *source = table_source_open(TREE, TREE_LEN, 1);
	struct look *look = look_open(arena, source, 1000);
	const struct task task = { makings_run, &makings };
	look_add(look, &task);
	look_run(look);
	cr_expect(eq(uint, makings.runs, TREE_LEN + 1));
	look_close(look);
	source_close(&source);
	arena_free(&arena);
}
