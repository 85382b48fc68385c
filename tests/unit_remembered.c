/* SPDX-License-Identifier: MIT */
/* Answers that are known already are not asked for again. */
#include "asking.h"
#include "base/arena.h"
#include "source/remembered.h"
#include "source/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/** A small zone with something known in front of it. */
struct scene {
	struct arena *arena;
	struct zonefile file;
	struct source *zone;
	struct source *known;
};

static void
scene_open(struct scene *scene)
{
	scene->arena = arena_new();
	scene->file = zone_of_text(scene->arena, "a.test", "b TXT below\n");
	scene->zone = zone_source_open(&scene->file, 1);
	scene->known = remembered_open(scene->arena, scene->zone, SIZE_MAX);
}

static void
scene_close(struct scene *scene)
{
	source_close(&scene->known);
	source_close(&scene->zone);
	arena_free(&scene->arena);
}

static const struct question *
question_of(struct scene *scene, const char *name)
{
	struct question *question = ARENA_NEW(scene->arena, struct question);
	question->name = name_of(scene->arena, name);
	question->type = RRTYPE_TXT;
	return question;
}

static void
count_answer(void *context, const struct answer *answer)
{
	size_t *count = context;
	cr_assert(answer != NULL);
	(*count)++;
}

Test(remembered, what_is_known_is_not_asked_again)
{
	struct scene scene;
	const struct answer answer = { .status = ANSWER_REFUSED };
	scene_open(&scene);
	remembered_add(scene.known, question_of(&scene, "x.test"), &answer);
	cr_expect(
	    str_eq(str_of(asked(scene.arena, scene.known, "x.test", "TXT")),
		STR("refused")));
	cr_expect(eq(u64, scene.zone->counts.answered, 0));
	cr_expect(eq(u64, scene.known->counts.cached, 1));
	cr_expect(
	    str_eq(str_of(asked(scene.arena, scene.known, "x.test", "MX")),
		STR("outside")));
	scene_close(&scene);
}

Test(remembered, only_so_many_questions_are_passed_on)
{
	struct scene scene;
	scene_open(&scene);
	source_close(&scene.known);
	scene.known = remembered_open(scene.arena, scene.zone, 1);
	const char *first = asked(scene.arena, scene.known, "x.test", "TXT");
	cr_expect(str_eq(str_of(first), STR("outside")));
	cr_expect(not(remembered_is_capped(scene.known)));
	const char *second = asked(scene.arena, scene.known, "y.test", "TXT");
	cr_expect(str_eq(str_of(second), STR("capped")));
	cr_expect(remembered_is_capped(scene.known));
	scene_close(&scene);
}

Test(remembered, what_is_passed_on_is_noted_once)
{
	struct scene scene;
	const struct answer answer = { .status = ANSWER_REFUSED };
	scene_open(&scene);
	const struct question *question = question_of(&scene, "b.a.test");
	remembered_add(scene.known, question_of(&scene, "x.test"), &answer);
	(void)asked(scene.arena, scene.known, "x.test", "TXT");
	(void)asked(scene.arena, scene.known, "b.a.test", "TXT");
	(void)asked(scene.arena, scene.known, "b.a.test", "TXT");
	const struct recorded_list passed = remembered_passed(scene.known);
	cr_assert(eq(sz, passed.len, 1));
	cr_expect(question_equal(&passed.at[0].question, question));
	cr_expect(eq(int, passed.at[0].answer->status, ANSWER_FOUND));
	scene_close(&scene);
}

Test(remembered, a_thousand_answers_are_told_apart)
{
	struct scene scene;
	static const struct answer answers[] = { { .status = ANSWER_REFUSED },
		{ .status = ANSWER_SERVFAIL } };
	scene_open(&scene);
	for (int i = 0; i < 1000; i++) {
		const struct str name = str_print(scene.arena, "n%d.a.test", i);
		remembered_add(
		    scene.known, question_of(&scene, name.at), &answers[i % 2]);
	}
	for (int i = 0; i < 1000; i++) {
		const struct str name = str_print(scene.arena, "n%d.a.test", i);
		const char *got =
		    asked(scene.arena, scene.known, name.at, "TXT");
		cr_assert(str_eq(str_of(got),
			      i % 2 == 0 ? STR("refused") : STR("servfail")),
		    "%s: %s", name.at, got);
	}
	scene_close(&scene);
}

Test(remembered, pumping_gives_what_is_known_and_asks_nobody)
{
	struct scene scene;
	const struct answer answer = { .status = ANSWER_REFUSED };
	size_t known = 0;
	size_t below = 0;
	scene_open(&scene);
	const struct question *question = question_of(&scene, "x.test");
	remembered_add(scene.known, question, &answer);
	(void)source_start(
	    scene.known, question_of(&scene, "b.a.test"), count_answer, &below);
	(void)source_start(scene.known, question, count_answer, &known);
	cr_expect(remembered_pump(scene.known));
	cr_expect(not(remembered_pump(scene.known)));
	cr_expect(eq(sz, known, 1));
	cr_expect(eq(sz, below, 0));
	cr_expect(source_step(scene.known));
	cr_expect(eq(sz, below, 1));
	cr_expect(not(source_step(scene.known)));
	scene_close(&scene);
}

Test(remembered, a_question_given_up_is_not_answered)
{
	struct scene scene;
	const struct answer answer = { .status = ANSWER_REFUSED };
	size_t count = 0;
	scene_open(&scene);
	const struct question *question = question_of(&scene, "x.test");
	remembered_add(scene.known, question, &answer);
	struct ticket *known =
	    source_start(scene.known, question, count_answer, &count);
	struct ticket *below = source_start(
	    scene.known, question_of(&scene, "b.a.test"), count_answer, &count);
	source_cancel(scene.known, known);
	source_cancel(scene.known, below);
	cr_expect(not(source_step(scene.known)));
	(void)source_start(scene.known, question, count_answer, &count);
	scene_close(&scene);
	cr_expect(eq(sz, count, 0));
}

Test(remembered, once_given_up_it_answers_at_once_and_passes_nothing_on)
{
	struct scene scene;
	size_t count = 0;
	scene_open(&scene);
	(void)source_start(
	    scene.known, question_of(&scene, "b.a.test"), count_answer, &count);
	cr_expect(remembered_is_out(scene.known));
	remembered_give_up(scene.known);
	cr_expect(not(remembered_is_out(scene.known)));
	cr_expect(remembered_pump(scene.known));
	cr_expect(eq(sz, count, 1));
	const char *later = asked(scene.arena, scene.known, "y.test", "TXT");
	cr_expect(str_eq(str_of(later), STR("timeout")), "%s", later);
	cr_expect(not(remembered_is_capped(scene.known)));
	cr_expect(eq(u64, scene.zone->counts.answered, 0));
	scene_close(&scene);
}
