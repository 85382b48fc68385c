/* SPDX-License-Identifier: MIT */
/*
 * Reading a DKIM key record. RFC 6376 3.2: tag names are case-sensitive and
 * none stands twice; 3.6.1: unknown tags are ignored, an unknown hash or
 * service too.
 */
#include "mail/dkim_key.h"

#include "base/arena.h"
#include "mail/base64.h"
#include "mail/public_key.h"
#include "mail/taglist.h"

#include <assert.h>

/** One row of dkim_problems.def. */
struct problem_row {
	const char *word;
	enum dkim_weight weight;
	const char *sentence;
};

static const struct problem_row PROBLEMS[] = {
#define DKIM_PROBLEM(constant, word, weight, sentence) \
	{ word, DKIM_##weight, sentence },
#include "mail/dkim_problems.def"
#undef DKIM_PROBLEM
};

/** A record while it is read. */
struct reader {
	struct arena *arena;
	struct dkim_key *key;
	struct taglist list;
};

static void
remark_add(
    const struct reader *reader, enum dkim_problem problem, struct span span)
{
	struct dkim_key *key = reader->key;
	const struct dkim_remark remark = { .problem = problem, .span = span };
	assert(span.from <= span.to && span.to <= key->text.len);
	const enum dkim_weight weight = dkim_problem_weight(problem);
	key->usable = key->usable && weight == DKIM_MILD;
	key->valid = key->valid && weight != DKIM_INVALID;
	if (key->remarks.len < DKIM_MAX_REMARKS) {
		vec_push(reader->arena, &key->remarks, remark);
	} else if (weight != DKIM_MILD) {
		/* Why it is of no use must not be lost. */
		key->remarks.at[DKIM_MAX_REMARKS - 1] = remark;
	}
}

/** The words of *value* between its colons. */
static struct dkim_words
words_of(struct arena *arena, struct str value)
{
	struct dkim_words words = { 0 };
	struct str part;
	while (value.len > 0 && str_split(&value, ':', &part)) {
		vec_push(arena, &words, str_trim(part));
	}
	return words;
}

static bool
words_have(const struct dkim_words *words, const char *wanted)
{
	const struct str *word;
	vec_foreach(word, words) {
		if (str_eq(*word, str_of(wanted))) {
			return true;
		}
	}
	return false;
}

static void
read_version(const struct reader *reader, const struct tag *tag)
{
	reader->key->version = tag->value;
	if (tag != &reader->list.tags.at[0] ||
	    !str_eq(tag->value, STR("DKIM1"))) {
		remark_add(reader, DKIM_VERSION, tag->span);
	}
}

static void
read_type(const struct reader *reader, const struct tag *tag)
{
	struct dkim_key *key = reader->key;
	key->type_text = tag->value;
	if (str_eq(tag->value, STR("ed25519"))) {
		key->type = DKIM_TYPE_ED25519;
	} else if (!str_eq(tag->value, STR("rsa"))) {
		key->type = DKIM_TYPE_UNKNOWN;
		remark_add(reader, DKIM_KEY_TYPE, tag->value_span);
	}
}

/** RFC 8301 3.1: sha1 is not verified any more. */
static void
read_hashes(const struct reader *reader, const struct tag *tag)
{
	struct dkim_words *hashes = &reader->key->hashes;
	*hashes = words_of(reader->arena, tag->value);
	if (!words_have(hashes, "sha256")) {
		remark_add(reader, DKIM_HASHES, tag->value_span);
	}
}

static void
read_services(const struct reader *reader, const struct tag *tag)
{
	struct dkim_words *services = &reader->key->services;
	*services = words_of(reader->arena, tag->value);
	if (!words_have(services, "*") && !words_have(services, "email")) {
		remark_add(reader, DKIM_SERVICES, tag->value_span);
	}
}

static void
read_flags(const struct reader *reader, const struct tag *tag)
{
	reader->key->flags = words_of(reader->arena, tag->value);
	reader->key->testing = words_have(&reader->key->flags, "y");
	if (reader->key->testing) {
		remark_add(reader, DKIM_TESTING, tag->span);
	}
}

/** Notes are for people; RFC 6376 3.6.1. */
static void
read_notes(const struct reader *reader, const struct tag *tag)
{
	assert(reader->key && tag);
}

/** What is wrong with the text of p=, as *fault* at *at* says. */
static void
blame_base64(const struct reader *reader, const struct tag *tag,
    enum base64_fault fault, size_t at)
{
	const size_t from = tag->value_span.from + at;
	if (str_find(tag->value, STR("-----")) >= 0 ||
	    str_find(tag->value, STR("BEGIN")) >= 0) {
		remark_add(reader, DKIM_KEY_PEM, tag->value_span);
	} else if (fault == BASE64_CHARACTER) {
		remark_add(
		    reader, DKIM_KEY_BASE64, (struct span){ from, from + 1 });
	} else {
		remark_add(reader, DKIM_KEY_CUT, tag->value_span);
	}
}

static void
judge_rsa(
    const struct reader *reader, const struct tag *tag, enum base64_fault fault)
{
	struct dkim_key *key = reader->key;
	const struct span span = tag->value_span;
	key->bits = rsa_key_bits(key->data);
	if (key->bits == 0) {
		const bool cut = fault == BASE64_CUT || der_is_cut(key->data);
		remark_add(
		    reader, cut ? DKIM_KEY_CUT : DKIM_KEY_UNREADABLE, span);
	} else if (key->bits < DKIM_LEAST_BITS) {
		remark_add(reader, DKIM_KEY_WEAK, span);
	} else if (key->bits < DKIM_ADVISED_BITS) {
		remark_add(reader, DKIM_KEY_SHORT, span);
	} else if (key->bits > DKIM_MOST_BITS) {
		remark_add(reader, DKIM_KEY_LONG, span);
	}
}

static void
judge_ed25519(const struct reader *reader, const struct tag *tag)
{
	struct dkim_key *key = reader->key;
	if (key->data.len != ED25519_OCTETS) {
		remark_add(reader, DKIM_KEY_LENGTH, tag->value_span);
	} else if (!is_ed25519_key(key->data)) {
		remark_add(reader, DKIM_KEY_UNREADABLE, tag->value_span);
	} else {
		key->bits = ED25519_OCTETS * 8;
	}
}

/** Reads the key itself, when its kind is known. */
static void
read_key(const struct reader *reader, const struct tag *tag)
{
	struct dkim_key *key = reader->key;
	size_t at;
	key->revoked = tag->value.len == 0;
	if (key->revoked) {
		remark_add(reader, DKIM_KEY_REVOKED, tag->span);
		return;
	}
	const enum base64_fault fault =
	    base64_read(reader->arena, tag->value, &key->data, &at);
	if (fault == BASE64_CHARACTER) {
		blame_base64(reader, tag, fault, at);
	} else if (key->type == DKIM_TYPE_RSA) {
		judge_rsa(reader, tag, fault);
	} else if (key->type == DKIM_TYPE_ED25519) {
		judge_ed25519(reader, tag);
	}
}

/** A tag and what reads it; RFC 6376 3.6.1. */
struct tag_row {
	const char *name;
	void (*read)(const struct reader *reader, const struct tag *tag);
};

/* In this order: p is read by what k says, wherever they stand. */
static const struct tag_row TAGS[] = {
	{ "v", read_version },
	{ "k", read_type },
	{ "h", read_hashes },
	{ "s", read_services },
	{ "t", read_flags },
	{ "n", read_notes },
	{ "p", read_key },
};

enum {
	TAGS_LEN = sizeof(TAGS) / sizeof(*TAGS)
};

static bool
is_known(struct str name)
{
	for (size_t i = 0; i < TAGS_LEN; i++) {
		if (str_eq(name, str_of(TAGS[i].name))) {
			return true;
		}
	}
	return false;
}

static void
judge_form(const struct reader *reader, const struct tag *tag)
{
	static const enum dkim_problem problems[] = {
		[TAG_SOUND] = DKIM_PROBLEMS,
		[TAG_EMPTY] = DKIM_EMPTY_TAG,
		[TAG_NO_EQUALS] = DKIM_NO_EQUALS,
		[TAG_NO_NAME] = DKIM_NO_TAG_NAME,
		[TAG_BAD_NAME] = DKIM_BAD_TAG_NAME,
		[TAG_NO_VALUE] = DKIM_PROBLEMS,
		[TAG_BAD_VALUE] = DKIM_BAD_CHARACTER,
	};
	assert(tag->fault != TAG_NO_VALUE);
	if (tag->fault != TAG_SOUND) {
		remark_add(reader, problems[tag->fault], tag->fault_span);
	} else if (taglist_find(&reader->list, tag->name) != tag) {
		remark_add(reader, DKIM_REPEATED_TAG, tag->span);
	} else if (!is_known(tag->name)) {
		remark_add(reader, DKIM_UNKNOWN_TAG, tag->span);
	}
}

static void
read_all(const struct reader *reader)
{
	struct dkim_key *key = reader->key;
	const struct span end = { key->text.len, key->text.len };
	const struct tag *tag;
	vec_foreach(tag, &reader->list.tags) {
		judge_form(reader, tag);
	}
	if (reader->list.cut) {
		remark_add(reader, DKIM_TOO_MANY_TAGS, end);
	}
	for (size_t i = 0; i < TAGS_LEN; i++) {
		tag = taglist_find(&reader->list, str_of(TAGS[i].name));
		if (tag) {
			TAGS[i].read(reader, tag);
		}
	}
	if (!taglist_find(&reader->list, STR("p"))) {
		remark_add(reader, DKIM_KEY_MISSING, end);
	}
}

const struct dkim_key *
dkim_key_parse(struct arena *arena, struct str text)
{
	struct dkim_key *key = ARENA_NEW(arena, struct dkim_key);
	*key = (struct dkim_key){
		.text = text,
		.type_text = STR("rsa"),
		.valid = true,
		.usable = true,
	};
	const struct reader reader = {
		.arena = arena,
		.key = key,
		.list = taglist_read(arena, text, TAGLIST_DKIM),
	};
	const struct tag *version = taglist_find(&reader.list, STR("v"));
	key->meant =
	    taglist_find(&reader.list, STR("p")) ||
	    taglist_find(&reader.list, STR("k")) ||
	    (version && str_starts_nocase(version->value, STR("dkim")));
	read_all(&reader);
	return key;
}

const struct dkim_remark *
dkim_key_fault(const struct dkim_key *key)
{
	const struct dkim_remark *remark;
	vec_foreach(remark, &key->remarks) {
		if (PROBLEMS[remark->problem].weight != DKIM_MILD) {
			return remark;
		}
	}
	return NULL;
}

bool
dkim_key_same(const struct dkim_key *a, const struct dkim_key *b)
{
	return a->data.len > 0 && str_eq(a->data, b->data);
}

enum dkim_weight
dkim_problem_weight(enum dkim_problem problem)
{
	assert(problem < DKIM_PROBLEMS);
	return PROBLEMS[problem].weight;
}

const char *
dkim_problem_word(enum dkim_problem problem)
{
	assert(problem < DKIM_PROBLEMS);
	return PROBLEMS[problem].word;
}

const char *
dkim_problem_text(enum dkim_problem problem)
{
	assert(problem < DKIM_PROBLEMS);
	return PROBLEMS[problem].sentence;
}
