/* SPDX-License-Identifier: MIT */
/*
 * Reading a DMARC record. RFC 9989 4.8: what breaks the grammar is ignored
 * in favour of the defaults, unknown tags are ignored; the names of tags are
 * in small letters (RFC 6376 3.2), their values in either (RFC 5234 2.3).
 */
#include "mail/dmarc.h"

#include "base/arena.h"
#include "mail/dmarc_uri.h"
#include "mail/dmarc_version.h"
#include "mail/taglist.h"
#include "text/distance.h"

#include <assert.h>

/** A record while it is read. */
struct reader {
	struct arena *arena;
	struct dmarc *dmarc;
};

typedef void tag_reader(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from);

static void
remark_add(const struct reader *reader, const struct dmarc_remark *remark)
{
	struct dmarc *dmarc = reader->dmarc;
	assert(remark->span.from <= remark->span.to);
	assert(remark->span.to <= dmarc->text.len);
	if (dmarc->remarks.len < DMARC_MAX_REMARKS) {
		vec_push(reader->arena, &dmarc->remarks, *remark);
	} else if (dmarc_problem_class(remark->problem) <= DMARC_CLASS_VALUE) {
		/* That there is an error must not be lost. */
		dmarc->remarks.at[DMARC_MAX_REMARKS - 1] = *remark;
	}
}

static void
value_blame(const struct reader *reader, enum dmarc_problem problem,
    enum dmarc_tag tag, const struct tag *from)
{
	const struct dmarc_remark remark = {
		.problem = problem,
		.tag = tag,
		.span = from->value_span,
	};
	remark_add(reader, &remark);
}

static void
read_version(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	assert(reader->dmarc->recognised && tag == DMARC_TAG_V && from);
}

/* What people write for a policy. */
static const struct near_word POLICY_WORDS[] = {
	{ "none", "none" },
	{ "monitor", "none" },
	{ "monitoring", "none" },
	{ "nothing", "none" },
	{ "null", "none" },
	{ "quarantine", "quarantine" },
	{ "quarantined", "quarantine" },
	{ "quarentaine", "quarantine" },
	{ "spam", "quarantine" },
	{ "junk", "quarantine" },
	{ "reject", "reject" },
	{ "rejected", "reject" },
	{ "block", "reject" },
};

static void
read_policy(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	struct dmarc *dmarc = reader->dmarc;
	const enum dmarc_policy policy = dmarc_policy_of(from->value);
	if (tag == DMARC_TAG_P) {
		dmarc->p = policy;
	} else if (tag == DMARC_TAG_SP) {
		dmarc->sp = policy;
	} else {
		assert(tag == DMARC_TAG_NP);
		dmarc->np = policy;
	}
	if (policy == DMARC_POLICY_INVALID) {
		const struct dmarc_remark remark = {
			.problem = DMARC_POLICY_VALUE,
			.tag = tag,
			.span = from->value_span,
			.meaning = near_word_find(POLICY_WORDS,
			    sizeof(POLICY_WORDS) / sizeof(*POLICY_WORDS),
			    from->value),
		};
		remark_add(reader, &remark);
	}
}

static void
read_alignment(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	const bool strict = str_eq_nocase(from->value, STR("s"));
	if (!strict && !str_eq_nocase(from->value, STR("r"))) {
		value_blame(reader, DMARC_ALIGNMENT_VALUE, tag, from);
	} else if (tag == DMARC_TAG_ADKIM) {
		reader->dmarc->strict_dkim = strict;
	} else {
		reader->dmarc->strict_spf = strict;
	}
}

/** fo: 0 or 1, d, s, each at most once, 0 and 1 not both. */
static void
read_options(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	static const struct str options = { .at = "01ds", .len = 4 };
	bool seen[4] = { false };
	struct str rest = from->value;
	struct str part;
	bool sound = true;
	while (sound && str_split(&rest, ':', &part)) {
		const ptrdiff_t which =
		    part.len == 1 ? str_index(options, char_lower(part.at[0]))
				  : -1;
		sound = which >= 0 && !seen[which];
		if (sound) {
			seen[which] = true;
		}
	}
	if (!sound || (seen[0] && seen[1])) {
		value_blame(reader, DMARC_OPTIONS_VALUE, tag, from);
	}
}

static void
read_addresses(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	const struct str text = reader->dmarc->text;
	struct dmarc_uris *uris =
	    tag == DMARC_TAG_RUA ? &reader->dmarc->rua : &reader->dmarc->ruf;
	struct str rest = from->value;
	struct str part;
	while (str_split(&rest, ',', &part)) {
		const struct str uri_text = str_trim(part);
		const size_t at = uri_text.len > 0
				      ? (size_t)(uri_text.at - text.at)
				      : (size_t)(part.at - text.at);
		struct dmarc_uri uri;
		struct dmarc_remark remark;
		if (!dmarc_uri_read(reader->arena, text,
			(struct span){ at, at + uri_text.len }, &uri,
			&remark)) {
			remark.tag = tag;
			remark_add(reader, &remark);
		}
		vec_push(reader->arena, uris, uri);
	}
}

static void
read_suffix(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	if (str_eq_nocase(from->value, STR("y"))) {
		reader->dmarc->suffix = DMARC_SUFFIX_YES;
	} else if (str_eq_nocase(from->value, STR("n"))) {
		reader->dmarc->suffix = DMARC_SUFFIX_NO;
	} else if (!str_eq_nocase(from->value, STR("u"))) {
		value_blame(reader, DMARC_SUFFIX_VALUE, tag, from);
	}
}

static void
read_testing(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	reader->dmarc->testing = str_eq_nocase(from->value, STR("y"));
	if (!reader->dmarc->testing && !str_eq_nocase(from->value, STR("n"))) {
		value_blame(reader, DMARC_TESTING_VALUE, tag, from);
	}
}

static void
read_removed(
    const struct reader *reader, enum dmarc_tag tag, const struct tag *from)
{
	const struct dmarc_remark remark = {
		.problem = DMARC_REMOVED_TAG,
		.tag = tag,
		.span = from->span,
	};
	remark_add(reader, &remark);
}

/** One row of dmarc_tags.def. */
struct tag_row {
	const char *name;
	tag_reader *read;
};

static const struct tag_row TAGS[] = {
#define DMARC_TAG(constant, name, reader) { name, reader },
#include "mail/dmarc_tags.def"
#undef DMARC_TAG
};

/* Names that people make up, and slips of the known ones. */
static const struct near_word TAG_WORDS[] = {
	{ "policy", "p" },
	{ "subdomain", "sp" },
	{ "subdomainpolicy", "sp" },
	{ "adkim", "adkim" },
	{ "dkim", "adkim" },
	{ "aspf", "aspf" },
	{ "spf", "aspf" },
	{ "rua", "rua" },
	{ "ruf", "ruf" },
	{ "psd", "psd" },
	{ "pct", "pct" },
};

/** The known tag that an unknown *name* may be meant as, or NULL. */
static const char *
tag_meant(struct arena *arena, struct str name)
{
	const enum dmarc_tag same = dmarc_tag_of(str_lower(arena, name));
	return same != DMARC_TAGS
		   ? TAGS[same].name
		   : near_word_find(TAG_WORDS,
			 sizeof(TAG_WORDS) / sizeof(*TAG_WORDS), name);
}

static void
unknown_tag(const struct reader *reader, const struct tag *from)
{
	const struct dmarc_remark remark = {
		.problem = DMARC_UNKNOWN_TAG,
		.tag = DMARC_TAGS,
		.span = from->span,
		.meaning = from->name.len < DISTANCE_MAX_WORD
			       ? tag_meant(reader->arena, from->name)
			       : NULL,
	};
	remark_add(reader, &remark);
}

static void
faulty_tag(const struct reader *reader, const struct tag *from)
{
	static const enum dmarc_problem problems[] = {
		[TAG_SOUND] = DMARC_PROBLEMS,
		[TAG_EMPTY] = DMARC_EMPTY_TAG,
		[TAG_NO_EQUALS] = DMARC_NO_EQUALS,
		[TAG_NO_NAME] = DMARC_NO_TAG_NAME,
		[TAG_BAD_NAME] = DMARC_BAD_TAG_NAME,
		[TAG_NO_VALUE] = DMARC_NO_VALUE,
		[TAG_BAD_VALUE] = DMARC_BAD_CHARACTER,
	};
	const struct dmarc_remark remark = {
		.problem = problems[from->fault],
		.tag = dmarc_tag_of(from->name),
		.span = from->fault_span,
	};
	assert(from->fault != TAG_SOUND);
	remark_add(reader, &remark);
}

static void
read_tag(const struct reader *reader, const struct tag *from)
{
	if (from->fault != TAG_SOUND) {
		faulty_tag(reader, from);
		return;
	}
	const enum dmarc_tag tag = dmarc_tag_of(from->name);
	if (tag == DMARC_TAGS) {
		unknown_tag(reader, from);
		return;
	}
	struct dmarc_field *field = &reader->dmarc->fields[tag];
	if (field->present) {
		const struct dmarc_remark remark = {
			.problem = DMARC_REPEATED_TAG,
			.tag = tag,
			.span = from->span,
		};
		remark_add(reader, &remark);
		return;
	}
	*field = (struct dmarc_field){
		.present = true,
		.value = from->value,
		.span = from->value_span,
	};
	TAGS[tag].read(reader, tag, from);
}

/** What can only be said at the end of the record. */
static void
conclude(const struct reader *reader, const struct taglist *list)
{
	const size_t end = reader->dmarc->text.len;
	struct dmarc_remark remark = {
		.problem = DMARC_TOO_MANY_TAGS,
		.tag = DMARC_TAGS,
		.span = { end, end },
	};
	if (list->cut) {
		remark_add(reader, &remark);
	}
	if (!reader->dmarc->fields[DMARC_TAG_P].present) {
		remark.problem = DMARC_POLICY_MISSING;
		remark.tag = DMARC_TAG_P;
		remark_add(reader, &remark);
	}
}

const struct dmarc *
dmarc_parse(struct arena *arena, struct str text)
{
	struct dmarc *dmarc = ARENA_NEW(arena, struct dmarc);
	const struct reader reader = { .arena = arena, .dmarc = dmarc };
	const struct taglist list = taglist_read(arena, text, TAGLIST_DMARC);
	dmarc->text = text;
	dmarc->recognised = dmarc_version_is_right(&list);
	if (!dmarc->recognised) {
		struct dmarc_remark remark;
		dmarc->meant = dmarc_version_meant(text, &list, &remark);
		if (dmarc->meant) {
			remark_add(&reader, &remark);
		}
		return dmarc;
	}
	const struct tag *tag;
	vec_foreach(tag, &list.tags) {
		read_tag(&reader, tag);
	}
	conclude(&reader, &list);
	return dmarc;
}

enum dmarc_tag
dmarc_tag_of(struct str name)
{
	for (size_t i = 0; i < DMARC_TAGS; i++) {
		if (str_eq(name, str_of(TAGS[i].name))) {
			return (enum dmarc_tag)i;
		}
	}
	return DMARC_TAGS;
}

const char *
dmarc_tag_text(enum dmarc_tag tag)
{
	assert(tag <= DMARC_TAGS);
	return tag == DMARC_TAGS ? "" : TAGS[tag].name;
}
