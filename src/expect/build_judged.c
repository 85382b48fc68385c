/* SPDX-License-Identifier: MIT */
/* Which records are judged, and why others are not. */
#include "base/err.h"
#include "expect/build.h"

#include <assert.h>

static void
skip(struct expected *record, const char *why, const char *option)
{
	record->judged = false;
	record->why = why;
	record->option = option;
}

/** What nobody named, or nothing is known of, is not judged. */
static void
settle_values(const struct build *build)
{
	const bool by_list = build->list && build->list->entries.len > 0 &&
			     build->flags->mail_from_domain.len == 0;
	for (size_t i = build->tokens; i < DKIM_RECORDS; i++) {
		skip(&build->to->records[INDEX_DKIM + i],
		    build->tokens == 0 ? "no DKIM token was given"
				       : "fewer than three DKIM tokens were "
					 "given",
		    "--dkim-token");
	}
	for (size_t i = INDEX_MAIL_FROM_MX; by_list && i < INDEX_OTHER; i++) {
		if (!build->taken[i]) {
			skip(&build->to->records[i],
			    "the list of records does not name it",
			    "--mail-from-domain");
		}
	}
}

/** True if *word* of --only means *record*. */
static bool
only_means(struct str word, const struct expected *record)
{
	if (str_eq(word, STR("dkim"))) {
		return record->kind == RECORD_DKIM;
	}
	if (str_eq(word, STR("mail-from"))) {
		return record->kind == RECORD_MAIL_FROM_MX ||
		       record->kind == RECORD_MAIL_FROM_SPF;
	}
	return str_eq(word, record->id);
}

/** Marks in *wanted* what *word* of --only means; false if nothing. */
static bool
only_mark(const struct expect *expect, struct str word, bool *wanted)
{
	bool known = false;
	for (size_t i = 0; i < expect->records_len; i++) {
		if (only_means(word, &expect->records[i])) {
			wanted[i] = true;
			known = true;
		}
	}
	return known;
}

static bool
settle_only(const struct build *build)
{
	struct expect *to = build->to;
	struct str rest = build->flags->only;
	struct str word;
	bool wanted[INDEX_OTHER + EXPECT_MAX_OTHER + 1] = { false };
	assert(to->records_len <= sizeof(wanted) / sizeof(*wanted));
	if (rest.len == 0) {
		return true;
	}
	while (str_split(&rest, ',', &word)) {
		word = str_trim(word);
		if (!only_mark(to, word, wanted)) {
			const struct str quote = list_quote(build->arena, word);
			(void)err_set(build->reterr, ERR_USAGE,
			    "--only: there is no record \"%.*s\"",
			    STR_ARG(quote));
			return err_hint(build->reterr,
			    "There are: ownership, spf, dkim (or dkim-1, "
			    "dkim-2, dkim-3), dmarc, mail-from (or "
			    "mail-from-mx, mail-from-spf).");
		}
	}
	for (size_t i = 0; i < to->records_len; i++) {
		if (!wanted[i]) {
			skip(&to->records[i], "left out", "--only");
			to->records[i].left_out = true;
		}
	}
	return true;
}

bool
build_settle_judged(const struct build *build)
{
	assert(build->tokens <= DKIM_RECORDS);
	settle_values(build);
	return settle_only(build);
}
