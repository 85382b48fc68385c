/* SPDX-License-Identifier: MIT */
/*
 * What people write in the place of "v=DMARC1;". RFC 9989 4.7: the tag must
 * be first and its value is case-sensitive, or the whole record is ignored.
 */
#include "mail/dmarc_version.h"

#include "text/distance.h"

#include <assert.h>

static const struct str WORD = { .at = "DMARC1", .len = 6 };

bool
dmarc_version_is_right(const struct taglist *list)
{
	if (list->tags.len == 0) {
		return false;
	}
	const struct tag *first = &list->tags.at[0];
	return first->fault == TAG_SOUND && first->span.from == 0 &&
	       str_eq(first->name, STR("v")) && str_eq(first->value, WORD);
}

static bool
remark(enum dmarc_problem problem, struct span span, struct dmarc_remark *ret)
{
	*ret = (struct dmarc_remark){
		.problem = problem,
		.tag = DMARC_TAG_V,
		.span = span,
		.meaning = "v=DMARC1",
	};
	return true;
}

/** True if *value* is DMARC1 with blanks in it. */
static bool
is_word_apart(struct str value)
{
	size_t matched = 0;
	for (size_t i = 0; i < value.len; i++) {
		if (value.at[i] == ' ') {
			continue;
		}
		if (matched == WORD.len || value.at[i] != WORD.at[matched]) {
			return false;
		}
		matched++;
	}
	return matched == WORD.len;
}

/** What is wrong with *tag*, which is a version; *ret* gets it. */
static bool
version_judge(const struct tag *tag, struct dmarc_remark *ret)
{
	const struct span span = tag->value_span;
	if (str_eq(tag->value, WORD)) {
		return remark(DMARC_VERSION_TAG_CASE, tag->span, ret);
	}
	if (str_eq_nocase(tag->value, WORD)) {
		return remark(DMARC_VERSION_CASE, span, ret);
	}
	if (is_word_apart(tag->value)) {
		return remark(DMARC_VERSION_BLANK, span, ret);
	}
	if (str_starts(tag->value, WORD) &&
	    (tag->value.at[WORD.len] == ' ' || tag->value.at[WORD.len] == ',' ||
		tag->value.at[WORD.len] == ':')) {
		return remark(DMARC_VERSION_SEPARATOR,
		    (struct span){
			span.from + WORD.len, span.from + WORD.len + 1 },
		    ret);
	}
	return remark(DMARC_VERSION_WORD, span, ret);
}

/** True if *tag* is meant as the version, right or wrong. */
static bool
is_version(const struct tag *tag)
{
	return str_eq_nocase(tag->name, STR("v")) &&
	       (str_starts_nocase(tag->value, STR("dmarc")) ||
		   text_distance(tag->value, WORD, 2) <= 2);
}

/** True for a sound tag p with a policy: no other record has that. */
static bool
is_policy(const struct tag *tag)
{
	return tag->fault == TAG_SOUND && str_eq_nocase(tag->name, STR("p")) &&
	       dmarc_policy_of(tag->value) != DMARC_POLICY_INVALID;
}

/** True if *text* begins as a record of another kind does. */
static bool
is_another_kind(struct str text)
{
	return str_starts_nocase(text, STR("v=spf1")) ||
	       str_starts_nocase(text, STR("v=dkim1"));
}

/** What stands first, or where the word stands if not first. */
static bool
first_judge(struct str text, const struct tag *first, struct dmarc_remark *ret)
{
	const ptrdiff_t later = str_find_nocase(text, STR("v=dmarc1"));
	if (is_version(first)) {
		const bool right =
		    str_eq(first->name, STR("v")) && str_eq(first->value, WORD);
		return right ? remark(DMARC_LEADING_BLANK,
				   (struct span){ 0, first->span.from }, ret)
			     : version_judge(first, ret);
	}
	if (later > 0) {
		return remark(DMARC_VERSION_NOT_FIRST,
		    (struct span){ 0, (size_t)later }, ret);
	}
	return false;
}

bool
dmarc_version_meant(struct str text, const struct taglist *list,
    struct dmarc_remark *ret_remark)
{
	assert(!dmarc_version_is_right(list));
	if (list->tags.len == 0 || is_another_kind(text)) {
		return false;
	}
	const struct tag *first = &list->tags.at[0];
	if (first_judge(text, first, ret_remark)) {
		return true;
	}
	const struct tag *tag;
	bool meant = str_find_nocase(text, STR("dmarc1")) >= 0;
	vec_foreach(tag, &list->tags) {
		if (is_version(tag)) {
			return remark(
			    DMARC_VERSION_NOT_FIRST, tag->span, ret_remark);
		}
		meant = meant || is_policy(tag);
	}
	return meant && remark(DMARC_VERSION_MISSING, first->span, ret_remark);
}
