/* SPDX-License-Identifier: MIT */
/* Members of the report's JSON by their kind. */
#include "report/json_parts.h"

#include "base/clock.h"
#include "report/shown.h"
#include "text/escape.h"

#include <assert.h>

/*
 * JSON could carry any text, but its readers print it: a terminal escape or a
 * change of direction in a value would then act on them. So it is escaped as
 * everywhere else; a span counts what it became (shown_points()).
 */
void
write_raw(struct writer *to, struct str text)
{
	jsonout_text(&to->json, escape(to->arena, to->patterns, text));
}

void
write_raw_or_null(struct writer *to, struct str text)
{
	if (text.len > 0) {
		write_raw(to, text);
	} else {
		jsonout_null(&to->json);
	}
}

void
key_text(struct writer *to, const char *key, struct str text)
{
	assert(key && key[0]);
	jsonout_key(&to->json, key);
	jsonout_text(&to->json, text);
}

/*
 * A key is never left out: a reader may rely on it, and tells "not known" from
 * "this version does not tell".
 */
void
key_text_or_null(struct writer *to, const char *key, struct str text)
{
	jsonout_key(&to->json, key);
	jsonout_text_or_null(&to->json, text);
}

void
key_word(struct writer *to, const char *key, const char *word)
{
	assert(word && word[0]);
	key_text(to, key, str_of(word));
}

void
key_number(struct writer *to, const char *key, int64_t number)
{
	jsonout_key(&to->json, key);
	jsonout_number(&to->json, number);
}

void
key_number_or_null(struct writer *to, const char *key, int64_t number)
{
	jsonout_key(&to->json, key);
	jsonout_number_or_null(&to->json, number);
}

void
key_bool(struct writer *to, const char *key, bool value)
{
	jsonout_key(&to->json, key);
	jsonout_bool(&to->json, value);
}

void
key_maybe(struct writer *to, const char *key, enum maybe value)
{
	jsonout_key(&to->json, key);
	if (value == MAYBE_NULL) {
		jsonout_null(&to->json);
	} else {
		jsonout_bool(&to->json, value == MAYBE_TRUE);
	}
}

/* Times are UTC, to the second, as RFC 3339 has them. */
void
key_time_or_null(struct writer *to, const char *key, int64_t seconds)
{
	const struct str text =
	    seconds < 0 ? (struct str){ 0 } : clock_rfc3339(to->arena, seconds);
	key_text_or_null(to, key, text);
}

void
key_type(struct writer *to, enum rrtype type)
{
	key_text(to, "type", rrtype_text(to->arena, type));
}

void
key_value(
    struct writer *to, const char *key, enum rrtype type, struct str value)
{
	key_text(to, key, shown_value(to->arena, to->patterns, type, value));
}

void
key_texts(
    struct writer *to, const char *key, const struct str *texts, size_t len)
{
	assert(texts || len == 0);
	jsonout_key(&to->json, key);
	jsonout_array(&to->json);
	for (size_t i = 0; i < len; i++) {
		jsonout_text(&to->json, texts[i]);
	}
	jsonout_end_array(&to->json);
}

void
key_raws(
    struct writer *to, const char *key, const struct str *texts, size_t len)
{
	assert(texts || len == 0);
	jsonout_key(&to->json, key);
	jsonout_array(&to->json);
	for (size_t i = 0; i < len; i++) {
		write_raw(to, texts[i]);
	}
	jsonout_end_array(&to->json);
}
