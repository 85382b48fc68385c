/* SPDX-License-Identifier: MIT */
/* Reads and runs cases of check_host(). */
#include "spf_cases.h"

#include "looking.h"

#include "base/arena.h"
#include "base/buf.h"
#include "look/look.h"
#include "walks/spf_eval.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

/** A file of cases. */
struct cases {
	struct arena *arena;
	struct buf zone;
	struct VEC(struct str) fails; /* lines, without "fail" */
	struct str rest;              /* the cases */
};

/** One case. */
struct spf_case {
	struct str name;
	struct spf_mail mail;
	struct str results;
	struct str explanation;
	struct spf_verdict got;
};

static struct str
read_file(struct arena *arena, const char *name)
{
	struct buf content = buf_new(arena);
	char chunk[4096];
	const struct str path =
	    str_print(arena, "%s/fixtures/spf/%s", SOURCE_DIR, name);
	FILE *file = fopen(path.at, "r");
	cr_assert(file != NULL, "%s cannot be read", path.at);
	for (size_t len; (len = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
		buf_add(&content, (struct str){ chunk, len });
	}
	(void)fclose(file);
	return buf_str(&content);
}

/** Cuts the next word off *line*; "-" is empty. */
static struct str
word_cut(struct str *line)
{
	struct str word = { 0 };
	*line = str_trim(*line);
	const ptrdiff_t blank = str_index(*line, ' ');
	const size_t end = blank < 0 ? line->len : (size_t)blank;
	word = str_slice(*line, 0, end);
	*line = str_trim(str_from(*line, end));
	return str_eq(word, STR("-")) ? (struct str){ 0 } : word;
}

static enum answer_status
status_of_word(struct str word)
{
	for (enum answer_status status = ANSWER_FOUND; status <= ANSWER_OUTSIDE;
	     status++) {
		if (str_eq(word, str_of(answer_status_word(status)))) {
			return status;
		}
	}
	cr_fatal("no status: %.*s", STR_ARG(word));
	return ANSWER_FOUND;
}

/** Does as *line*, "name type status", says. */
static void
fail_make(struct looking *looking, struct str line)
{
	struct arena *arena = looking->arena;
	const char *name = str_z(arena, word_cut(&line));
	const char *type = str_z(arena, word_cut(&line));
	looking_fail(looking, name, type, status_of_word(word_cut(&line)));
}

static void
cases_read(struct cases *cases, const char *name)
{
	struct str line;
	cases->rest = read_file(cases->arena, name);
	cases->zone = buf_new(cases->arena);
	while (str_split(&cases->rest, '\n', &line)) {
		if (str_eq(line, STR("---"))) {
			return;
		}
		if (str_starts(line, STR("fail "))) {
			vec_push(
			    cases->arena, &cases->fails, str_from(line, 5));
		} else {
			buf_add(&cases->zone, line);
			buf_addc(&cases->zone, '\n');
		}
	}
	cr_fatal("%s has no cases", name);
}

static void
case_run(struct look *look, void *context)
{
	static const struct sight sight = { .authority = NULL };
	struct spf_case *one = context;
	one->got = spf_check_host(look, &sight, &one->mail);
}

/** True if *results*, words with commas, has *word*. */
static bool
permits(struct str results, const char *word)
{
	struct str result;
	while (str_split(&results, ',', &result)) {
		if (str_eq(result, str_of(word))) {
			return true;
		}
	}
	return false;
}

static void
expect_case(struct cases *cases, struct str line)
{
	struct arena *arena = cases->arena;
	struct spf_case one = { .name = word_cut(&line) };
	cr_assert(addr_parse(word_cut(&line), &one.mail.ip), "%.*s",
	    STR_ARG(one.name));
	const struct str mail_from = word_cut(&line);
	one.mail.helo = word_cut(&line);
	one.mail.sender =
	    spf_sender(arena, mail_from, one.mail.helo, &one.mail.domain);
	one.results = word_cut(&line);
	one.explanation = line;
	struct looking looking;
	looking_open(&looking, cases->zone.at);
	const struct str *fail;
	vec_foreach(fail, &cases->fails) {
		fail_make(&looking, *fail);
	}
	looking_run(&looking, case_run, &one);
	const char *got = spf_result_text(one.got.result);
	cr_expect(one.got.known && permits(one.results, got),
	    "%.*s: %s, not %.*s", STR_ARG(one.name), got, STR_ARG(one.results));
	cr_expect(one.explanation.len == 0 ||
		      str_eq(one.explanation, one.got.explanation),
	    "%.*s explains: %.*s", STR_ARG(one.name),
	    STR_ARG(one.got.explanation));
	looking_close(&looking);
}

void
spf_cases_run(const char *name)
{
	struct cases cases = { .arena = arena_new() };
	struct str line;
	size_t count = 0;
	cases_read(&cases, name);
	while (str_split(&cases.rest, '\n', &line)) {
		if (line.len > 0 && line.at[0] != ';') {
			expect_case(&cases, line);
			count++;
		}
	}
	cr_expect(count > 0, "%s has no case", name);
	arena_free(&cases.arena);
}
