/* SPDX-License-Identifier: MIT */
/*
 * The cases of fixtures/dmarc, named by the section of RFC 9989 (or 9990)
 * that decides them: lines "key: what must be seen", an empty line, and a
 * zone whose names are absolute.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "look/look.h"
#include "looking.h"
#include "walks/dmarc_reports.h"
#include "walks/published.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <dirent.h>
#include <stdio.h>

/** One case while it is run. */
struct rfc_case {
	struct arena *arena;
	struct str domain;
	const struct dmarc *own; /* what stands at the domain itself */
	struct dmarc_walk walk;
};

static struct str
file_read(struct arena *arena, const char *name)
{
	struct buf to = buf_new(arena);
	const struct str path =
	    str_print(arena, "%s/fixtures/dmarc/%s", SOURCE_DIR, name);
	FILE *file = fopen(path.at, "r");
	cr_assert(file != NULL, "%s", path.at);
	for (int c; (c = getc(file)) != EOF;) {
		buf_addc(&to, (char)c);
	}
	(void)fclose(file);
	return buf_str(&to);
}

static void
case_run(struct look *look, void *context)
{
	struct rfc_case *this = context;
	struct arena *arena = look_scratch(look);
	const struct sight sight = { 0 };
	struct dmarc_start start = { .reach = DMARC_REACH_ROOT };
	cr_assert(name_parse(arena, this->domain, &start.domain) == NAME_OK);
	if (!dmarc_walk_find(look, &sight, &start, &this->walk)) {
		return;
	}
	const struct answer *answer = this->walk.stops[0].answer;
	const bool stands = answer && answer->status == ANSWER_FOUND;
	this->own = dmarc_parse(arena,
	    stands ? answer->rrs[0].rdata.txt.joined : (struct str){ 0 });
	if (this->walk.found) {
		(void)dmarc_reports_find(look, &sight, true, &this->walk);
	}
}

static struct str
words(const struct rfc_case *this, struct name name)
{
	return name_is_set(name) ? name_text(this->arena, name) : STR("-");
}

static struct str
see_found(const struct rfc_case *this)
{
	const struct name none = { 0 };
	return words(this, this->walk.found ? this->walk.found->domain : none);
}

static struct str
see_organization(const struct rfc_case *this)
{
	return words(this, this->walk.organizational);
}

static struct str
see_policy(const struct rfc_case *this)
{
	return str_of(dmarc_policy_text(this->walk.effect));
}

static struct str
see_valid(const struct rfc_case *this)
{
	return dmarc_is_valid(this->own) ? STR("yes") : STR("no");
}

static struct str
see_usable(const struct rfc_case *this)
{
	return dmarc_is_usable(this->own) ? STR("yes") : STR("no");
}

static struct str
see_testing(const struct rfc_case *this)
{
	return this->own->testing ? STR("yes") : STR("no");
}

static struct str
see_remarks(const struct rfc_case *this)
{
	struct buf to = buf_new(this->arena);
	const struct dmarc_remark *remark;
	vec_foreach(remark, &this->own->remarks) {
		buf_adds(&to, to.len > 0 ? " " : "");
		buf_adds(&to, dmarc_problem_word(remark->problem));
	}
	return buf_str(&to);
}

static struct str
see_walk(const struct rfc_case *this)
{
	struct buf to = buf_new(this->arena);
	for (size_t i = 0; i < this->walk.stops_len; i++) {
		buf_adds(&to, i > 0 ? " " : "");
		buf_add(&to, words(this, this->walk.stops[i].domain));
	}
	return buf_str(&to);
}

static struct str
see_targets(const struct rfc_case *this)
{
	static const char *const consents[] = { "same", "given", "none",
		"elsewhere", "unknown" };
	struct buf to = buf_new(this->arena);
	const struct dmarc_target *target;
	vec_foreach(target, &this->walk.targets) {
		buf_adds(&to, to.len > 0 ? ", " : "");
		buf_add(&to, words(this, target->host));
		buf_addf(&to, " %s", consents[target->consent]);
	}
	return buf_str(&to);
}

/** A key of a case, and what is seen for it. */
static const struct {
	const char *key;
	struct str (*see)(const struct rfc_case *this);
} KEYS[] = {
	{ "found", see_found },
	{ "organization", see_organization },
	{ "policy", see_policy },
	{ "valid", see_valid },
	{ "usable", see_usable },
	{ "testing", see_testing },
	{ "remarks", see_remarks },
	{ "walk", see_walk },
	{ "targets", see_targets },
};

/** Compares one line of the case *name* with what was seen. */
static void
expect_line(const struct rfc_case *this, const char *name, struct str line)
{
	const ptrdiff_t colon = str_index(line, ':');
	cr_assert(ge(int, (int)colon, 0), "%s: %.*s", name, STR_ARG(line));
	const struct str key = str_slice(line, 0, (size_t)colon);
	const struct str want = str_trim(str_from(line, (size_t)colon + 1));
	for (size_t i = 0; i < sizeof(KEYS) / sizeof(*KEYS); i++) {
		if (!str_eq(key, str_of(KEYS[i].key))) {
			continue;
		}
		const struct str got = KEYS[i].see(this);
		cr_expect(str_eq(got, want), "%s: %.*s: %.*s, not %.*s", name,
		    STR_ARG(key), STR_ARG(got), STR_ARG(want));
		return;
	}
	cr_expect(str_eq(key, STR("domain")), "%s: %.*s", name, STR_ARG(key));
}

static void
expect_case(const char *name)
{
	struct looking looking;
	struct arena *arena = arena_new();
	const struct str text = file_read(arena, name);
	const ptrdiff_t middle = str_find(text, STR("\n\n"));
	const ptrdiff_t at = str_find(text, STR("\ndomain: "));
	cr_assert(middle > 0 && at > 0 && at < middle, "%s", name);
	struct str head = str_slice(text, 0, (size_t)middle);
	struct str rest = str_from(head, (size_t)at + 9);
	struct rfc_case this = { .arena = arena };
	(void)str_split(&rest, '\n', &this.domain);
	looking_open(&looking, str_from(text, (size_t)middle + 2).at);
	looking_run(&looking, case_run, &this);
	struct str line;
	while (str_split(&head, '\n', &line)) {
		if (!str_starts(line, STR(";"))) {
			expect_line(&this, name, line);
		}
	}
	looking_close(&looking);
	arena_free(&arena);
}

Test(dmarc_rfc, every_case_is_judged_as_the_rfc_says)
{
	unsigned count = 0;
	DIR *folder = opendir(SOURCE_DIR "/fixtures/dmarc");
	cr_assert(folder != NULL);
	for (struct dirent *one; (one = readdir(folder)) != NULL;) {
		if (*one->d_name != '.') {
			expect_case(one->d_name);
			count++;
		}
	}
	(void)closedir(folder);
	cr_expect(gt(uint, count, 60), "%u cases", count);
}
