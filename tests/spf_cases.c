/* SPDX-License-Identifier: MIT */
/* Reads and runs cases of check_host(). */
#include "spf_cases.h"

#include "asking.h"
#include "failing_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "look/run.h"
#include "source/zone.h"
#include "walks/spf_eval.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

enum {
	MOST_FAILS = 16,
	NOW = 1700000000,
};

/** A file of cases. */
struct cases {
	struct arena *arena;
	struct buf zone;
	struct failing_row fails[MOST_FAILS];
	size_t fails_len;
	struct str rest; /* the cases */
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

static void
fail_read(struct cases *cases, struct str line)
{
	cr_assert(lt(sz, cases->fails_len, MOST_FAILS));
	struct failing_row *row = &cases->fails[cases->fails_len++];
	row->name = name_of(cases->arena, str_z(cases->arena, word_cut(&line)));
	struct str word = word_cut(&line);
	if (line.len > 0) {
		cr_assert(rrtype_parse(word, &row->type));
		word = word_cut(&line);
	}
	row->status = status_of_word(word);
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
			fail_read(cases, str_from(line, 5));
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
expect_case(struct cases *cases, const struct zonefile *zone, struct str line)
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
	struct source *source = failing_source_open(
	    zone_source_open(zone, 1), cases->fails, cases->fails_len);
	struct look *look = look_open(arena, source, NOW);
	const struct task task = { case_run, &one };
	look_add(look, &task);
	look_run(look);
	const char *got = spf_result_text(one.got.result);
	cr_expect(one.got.known && permits(one.results, got),
	    "%.*s: %s, not %.*s", STR_ARG(one.name), got, STR_ARG(one.results));
	cr_expect(one.explanation.len == 0 ||
		      str_eq(one.explanation, one.got.explanation),
	    "%.*s explains: %.*s", STR_ARG(one.name),
	    STR_ARG(one.got.explanation));
	look_close(look);
	source_close(&source);
}

void
spf_cases_run(const char *name)
{
	struct cases cases = { .arena = arena_new() };
	struct str line;
	size_t count = 0;
	cases_read(&cases, name);
	const struct zonefile zone =
	    zone_of_text(cases.arena, ".", cases.zone.at);
	while (str_split(&cases.rest, '\n', &line)) {
		if (line.len > 0 && line.at[0] != ';') {
			expect_case(&cases, &zone, line);
			count++;
		}
	}
	cr_expect(count > 0, "%s has no case", name);
	arena_free(&cases.arena);
}
